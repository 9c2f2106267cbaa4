#!Python
"""Pattern B for SerialEM's Python: a gate inside Acquire at Items. Choose it there as the script to run before the action.

Purpose:  lets an item be acquired only when the agent host advises it. Acquire at Items walks the table forward and never back: advice for
          an item that it has passed is turned down as out of reach.
Needs:    as serialem_collect.py; serialem_report_ctf.py as the script to run after the action.
Changes:  which items are acquired. The variable bridgeNext of SerialEM remembers between two items what is still ahead; run this script
          once by itself before a new run to forget it and to open a new session.
Ends:     with Acquire at Items. If this script fails, the item is acquired all the same: SerialEM does it so.
"""
import os
import sys

sys.path.insert(0, os.environ.get("BRIDGE_PYTHON") or os.path.dirname(os.path.abspath(globals().get("__file__", "bridge.py"))))
from bridge import OUT_OF_REACH, STOP, TARGET, UP_LEVEL, Bridge
from serialem_session import SerialEMSession

LIMIT_UM = 900          # farthest stage position in X and Y
TRIES = 50              # most suggestions to turn down at one item


def gate(sem, session, here):
    """Decides about the item `here`. Returns True if it is to be acquired."""
    ahead = int(float(sem.GetVariable("bridgeNext"))) if sem.IsVariableDefined("bridgeNext") else 0
    code = TARGET
    for _ in range(TRIES):
        if ahead >= here:
            break
        code, ahead, _, _ = session.suggest()
        if code != TARGET:
            ahead = 0
            break
        if ahead < here:
            session.bridge.report_skipped(ahead, OUT_OF_REACH)
    sem.SetPersistentVar("bridgeNext", str(ahead))
    if ahead == here:
        session.say("taking item %d" % here)
        return True
    if code == UP_LEVEL:
        sem.SkipAcquiringGroup()
    elif code == STOP or code < 0:
        session.say("the run ends here")
        sem.EndAcquireAtItems(2)
    sem.SkipAcquiringNavItem()
    return False


def main():
    import serialem as sem
    sem.NoMessageBoxOnError(1)
    session = SerialEMSession(sem)
    acquiring = sem.ReportGroupStatus()[0] != -1
    if not acquiring:
        sem.SetPersistentVar("bridgeNext", "0")
    # Without a budget of its own: the time of the session is the host's, over all runs of this script.
    if session.open(None, LIMIT_UM, Bridge.AUTO, resume=acquiring) > 0 and acquiring:
        gate(sem, session, int(sem.ReportNavItem()[0]))
    session.bridge.close()


# SerialEM runs the script under a name of its own, so there is no test for __main__ here.
main()
