#!Python
"""Pattern A for SerialEM's Python: a loop of the script's own, in the order that the agent host advises.

Purpose:  collects holes until the time is up. Run it from SerialEM's script menu, or from outside with EnableExternalPython.
Needs:    the files of this folder on Python's path (below), agent-host running, holes marked with Acquire, an open image file.
Changes:  the stage, the image buffers, the open file; it saves the Navigator file and writes a copy NAME_bridge.nav beside it.
Ends:     when the host says stop, at a fault that does not pass, after FAILURES holes in a row that failed, or with STOP: the stage stays
          where it is, and the session goes on when the script is run again with RESUME = True.
"""
import os
import sys

sys.path.insert(0, os.environ.get("BRIDGE_PYTHON") or os.path.dirname(os.path.abspath(globals().get("__file__", "bridge.py"))))
from bridge import STOP, TARGET, UP_LEVEL, Bridge
from serialem_session import SerialEMSession

MINUTES = 480           # minutes to collect
LIMIT_UM = 900          # farthest stage position in X and Y
MATCH_UM = 20           # farthest that an item may have been shifted since the session was opened
DEFOCUS_UM = (-0.3, -4) # range for the CTF fit
FAILURES = 5            # holes in a row that may fail
RESUME = False          # True: go on with the session of the last run


def take_hole(sem, item):
    """What to do at a hole: edit this to your own way of working."""
    sem.MoveToNavItem(item)
    sem.Record()
    sem.Save()


def collect(sem, session, take=take_hole):
    """Takes holes until the host says stop. Returns the items taken."""
    taken, failed = [], 0
    while failed < FAILURES:
        code, item, probability, _ = session.suggest()
        if code == UP_LEVEL:
            continue
        if code != TARGET:
            break
        if not session.may_go(item, MATCH_UM):
            failed += 1
            continue
        try:
            take(sem, item)
        except sem.SEMerror as error:
            session.say("item %d failed: %s" % (item, error))
            session.bridge.report_skipped(item, 3)
            failed += 1
            continue
        failed = 0
        taken.append(item)
        resolution = session.report_ctf(item, *DEFOCUS_UM)
        session.say("%d: item %d, P %.2f, CTF %s A" % (len(taken), item, probability, resolution))
    session.say("%d holes taken" % len(taken))
    if code == STOP:
        session.say(session.bridge.settle(session.bridge.explain, "last")[1])
        session.close()
    return taken


def main():
    import serialem as sem
    sem.NoMessageBoxOnError(1)
    session = SerialEMSession(sem)
    if session.open(MINUTES, LIMIT_UM, Bridge.AUTO, resume=RESUME) > 0:
        collect(sem, session)


# SerialEM runs the script under a name of its own, so there is no test for __main__ here.
main()
