"""A small stand-in for SerialEM's own Python module, over a table of holes: item N is its Nth row. Time is simulated.

    FAKE_TABLE   the table; it is the Navigator file too
    FAKE_STATE   a JSON file that keeps the state from one script to the next, as SerialEM does
    FAKE_FAIL    every so many moves, one fails

A script that is run to its end leaves its state behind.
"""
import atexit
import json
import os

from collect import MINUTES, minutes_between, read_table


class SEMerror(Exception):
    """What SerialEM raises when a command fails."""


_targets, _truth = read_table(os.environ["FAKE_TABLE"])
_state = {"minutes": 0.0, "here": None, "acquiring": None, "flags": list(range(1, len(_targets) + 1)), "taken": [], "variables": {}, "log": [],
          "skipped": False, "skip_group": False, "end": False, "at_end": False, "moves": 0}
if os.path.exists(os.environ["FAKE_STATE"]):
    with open(os.environ["FAKE_STATE"]) as _file:
        _state.update(json.load(_file))


def save():
    with open(os.environ["FAKE_STATE"], "w") as file:
        json.dump(_state, file)


atexit.register(save)


def state():
    return _state


def move(item):
    """The stage goes to an item, and the clock with it."""
    _state["moves"] += 1
    if os.environ.get("FAKE_FAIL") and _state["moves"] % int(os.environ["FAKE_FAIL"]) == 0:
        raise SEMerror("the stage did not move")
    target = _targets[item - 1]
    here = _targets[_state["here"] - 1] if _state["here"] else target
    _state["minutes"] += minutes_between(here, target, MINUTES["text"])
    _state["here"] = item


def _item(item):
    target = _targets[item - 1]
    return item, target["x_um"], target["y_um"], 0.0, 0


def Echo(text):
    _state["log"].append(text)


def NoMessageBoxOnError(flag):
    pass


def SaveNavigator():
    pass


def ReportNavFile():
    return os.environ["FAKE_TABLE"]


def ReportTickTime():
    return _state["minutes"] * 60.0


def ReportNumTableItems():
    return float(len(_targets))


def ReportOtherItem(item):
    return _item(item)


def ReportNavItem():
    return _item(_state["acquiring"] or _state["here"])


def ReportGroupStatus():
    return (0 if _state["acquiring"] else -1, 0)


def MoveToNavItem(item):
    move(item)


def Record():
    _state["taken"].append(_state["here"])


def Save():
    pass


def CtfFind(buffer, weakest, strongest):
    if buffer != "A" or not strongest < weakest < 0:
        raise SEMerror("CtfFind was called with %s %s %s" % (buffer, weakest, strongest))
    return -1.5, 0.05, 30.0, 0.0, 0.12, _truth[_state["here"]]


def IsVariableDefined(name):
    return 1.0 if name in _state["variables"] else 0.0


def GetVariable(name):
    if name not in _state["variables"]:
        raise SEMerror("The variable %s is not defined" % name)
    return _state["variables"][name]


def SetPersistentVar(name, value):
    if not isinstance(value, str):
        raise TypeError("the value must be a string")
    _state["variables"][name] = value


def ReportItemAcquire(item):
    return 1.0 if item in _state["flags"] else 0.0


def SetItemAcquire(item, on):
    _state["flags"] = sorted(set(_state["flags"]) - {item} | ({item} if on else set()))


def SkipAcquiringNavItem():
    _state["skipped"] = True


def SkipAcquiringGroup():
    _state["skip_group"] = True


def EndAcquireAtItems(how):
    _state["end"] = True


def FindScriptByName(name):
    _state["found"] = name


def RunScriptAfterNavAcquire(number):
    if number != -1:
        raise SEMerror("there is no script %s" % number)


def StartNavAcquireAtEnd():
    _state["at_end"] = True
