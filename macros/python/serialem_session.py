"""What the SerialEM Python scripts here share: opening the session, the clock, asking, reporting.

`sem` is SerialEM's module, handed in so that a simulation can take its place. Plugin commands are not needed: bridge.py talks to the
host by itself. Positions in um, times in minutes, CTF values in Angstrom, items counted from 1 as in the Navigator table.
"""
import math
import os
import shutil

from bridge import OUT_OF_REACH, TARGET, Bridge

LOOKS_BAD = 4
_OUTSIDE_ENVELOPE = -21


class SerialEMSession(object):
    """A session of the agent host for a SerialEM script."""

    def __init__(self, sem, endpoint="-", deadline_s=0.2):
        self.sem, self.bridge = sem, Bridge(deadline_s=deadline_s)
        self._endpoint, self._start_s, self._budget_min = endpoint, 0.0, None

    def open(self, minutes, limit_um, mode, planner=None, resume=False):
        """Saves the Navigator and opens a session on a copy of its file, because SerialEM goes on writing the file itself. With `resume`
        the copy made before is taken, so that a script that SerialEM runs once an item finds its session again.
        Returns the number of targets, or a fault code after saying it in the log."""
        if not resume:
            self.sem.SaveNavigator()
        path = str(self.sem.ReportNavFile())
        root, extension = os.path.splitext(path)
        copy = root + "_bridge" + extension
        if not resume:
            shutil.copyfile(path, copy)
        bridge = self.bridge
        bridge.set_mode(mode)
        bridge.set_stage_limits(-limit_um, limit_um, -limit_um, limit_um)
        self._start_s, self._budget_min = self._tick_s(), minutes
        if minutes is not None:
            bridge.clock_min = 0.0
        code = bridge.settle(bridge.connect, self._endpoint)
        if code > 0:
            code = bridge.settle(bridge.open_session, copy, planner=planner)
        if code > 0:
            if not resume:
                self.say("session %s %s, %d targets" % (bridge.session, "resumed" if bridge.resumed else "open", code))
            return code
        return self.fault(code)

    def suggest(self):
        """(code, item, P(good), minutes) of the next hole. What the envelope refuses is told to the host and asked anew."""
        self.tell_time()
        for _ in range(20):
            answer = self.bridge.settle(self.bridge.suggest_next_hole)
            if answer[0] != _OUTSIDE_ENVELOPE:
                break
            self.fault(answer[0])
        if answer[0] == TARGET and self.bridge.fallback:
            self.say("%s, item %d" % (self.bridge.why, answer[1]))
        elif answer[0] < 0:
            self.fault(answer[0])
        return answer

    def may_go(self, item, match_um):
        """True if the item is still where the target was, and the envelope allows the move; otherwise the reason is in the log."""
        _, x, y, _ = self.bridge.suggested_stage()
        if not 1 <= item <= int(first(self.sem.ReportNumTableItems())):
            self.say("there is no Navigator item %d any more; open a new session" % item)
            return False
        now = self.sem.ReportOtherItem(item)
        off = math.hypot(now[1] - x, now[2] - y)
        if off > match_um:
            self.say("item %d is %.1f um from where it was; the Navigator has changed, open a new session" % (item, off))
            return False
        code = self.bridge.may_move(now[1], now[2])
        if code == _OUTSIDE_ENVELOPE:
            self.bridge.report_skipped(item, OUT_OF_REACH)
        return code > 0 or self.fault(code) > 0

    def report_ctf(self, item, weakest_um, strongest_um):
        """Fits the CTF of the image in buffer A and reports it. Returns the resolution, or None without a fit."""
        try:
            fit = self.sem.CtfFind("A", weakest_um, strongest_um)
            defocus, score, resolution = fit[0], fit[4], fit[5]
        except self.sem.SEMerror as error:
            self.say("no CTF fit for item %d: %s" % (item, error))
            resolution = 0
        self.tell_time()
        code = self.bridge.report_ctf(item, resolution, score, defocus) if resolution > 0 else self.bridge.report_skipped(item, LOOKS_BAD)
        if code < 0:
            self.fault(code)
        return resolution if resolution > 0 else None

    def tell_time(self):
        """The script's own clock and the minutes left by it."""
        if self._budget_min is not None and self.bridge.session is not None:
            self.bridge.clock_min = (self._tick_s() - self._start_s) / 60.0
            self.bridge.set_budget(max(0.0, self._budget_min - self.bridge.clock_min))

    def close(self):
        """Closes the session; True if the host has said so."""
        code = self.bridge.settle(self.bridge.close_session)
        self.say("session closed, %d events in its journal" % code if code > 0 else "the session is not closed")
        self.bridge.close()
        return code > 0

    def fault(self, code):
        """Says a fault in the log and returns its code."""
        self.say(self.bridge.last_fault if code < 0 else "no answer (is agent-host running?)")
        return code

    def say(self, text):
        self.sem.Echo("Bridge: " + text)

    def _tick_s(self):
        return float(first(self.sem.ReportTickTime()))


def first(value):
    """SerialEM's functions return one value as a number, several as a tuple."""
    return value[0] if isinstance(value, (tuple, list)) else value
