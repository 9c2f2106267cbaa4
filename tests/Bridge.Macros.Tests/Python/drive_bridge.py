"""Plays the microscope of a table of holes through bridge.Bridge. Prints one line a visit: item and 1 if the host did not choose it.

    drive_bridge.py TABLE ENDPOINT FIRST MOST MINUTES_LEFT OUT.json
"""
import json
import sys

from bridge import TARGET, Bridge
from collect import GOOD_UP_TO_A, MINUTES, minutes_between, read_table

table, endpoint, first, most, minutes_left, out = sys.argv[1:7]
targets, truth = read_table(table)
by_item = {target["item"]: target for target in targets}
bridge = Bridge(deadline_s=0.05, fallback_after_s=30)
bridge.clock_min = 0.0


def ask(call, *arguments, **keywords):
    """Until answered; a fault ends the script."""
    result = bridge.settle(call, *arguments, limit_s=60, **keywords)
    if (result[0] if isinstance(result, tuple) else result) <= 0:
        sys.exit("%s: %s" % (call.__name__, bridge.last_fault))
    return result


ask(bridge.connect, endpoint)
if ask(bridge.open_session, session="driven", targets=targets, planner="rate", seed=0, minutes="text", minutes_left=float(minutes_left)) != len(targets):
    sys.exit("not all targets were taken")
here = by_item[int(first)]
ask(bridge.report_visit, here["item"])
ask(bridge.report_ctf, here["item"], truth[here["item"]])
visited = []
while len(visited) < int(most):
    code, item, probability, minutes = ask(bridge.suggest_next_hole)
    if code != TARGET:
        break
    _, x, y, _ = ask(bridge.suggested_stage)
    if (x, y) != (by_item[item]["x_um"], by_item[item]["y_um"]):
        sys.exit("item %d is not at %g, %g" % (item, x, y))
    bridge.clock_min += minutes_between(here, by_item[item], MINUTES["text"])
    here = by_item[item]
    visited.append(item)
    print(item, int(bridge.fallback), bridge.why)
    sys.stdout.flush()
    if bridge.report_ctf(item, truth[item]) < 0:
        sys.exit(bridge.last_fault)
if ask(bridge.explain, "last")[1] == "":
    sys.exit("nothing is explained")
events = ask(bridge.close_session)
with open(out, "w") as file:
    json.dump({"visited": visited, "good": sum(truth[item] <= GOOD_UP_TO_A for item in visited), "code": code, "events": events}, file)
