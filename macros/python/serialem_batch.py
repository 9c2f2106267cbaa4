#!Python
"""Pattern C for SerialEM's Python: batches for Acquire at Items.

Purpose:  marks the next holes that the agent host advises with Acquire, lets Acquire at Items take them, and plans again after it.
Needs:    as serialem_collect.py; Acquire at Items set up as you use it, with serialem_report_ctf.py as the script to run after the action;
          this script in SerialEM under the name SCRIPT.
Changes:  the Acquire flags of all items. Save your Navigator under another name first.
Ends:     when the host says stop: then the session is closed. The variable bridgeBatches of SerialEM says that a session is open;
          ClearPersistentVars makes the next batch begin a new one.
"""
import os
import sys

sys.path.insert(0, os.environ.get("BRIDGE_PYTHON") or os.path.dirname(os.path.abspath(globals().get("__file__", "bridge.py"))))
from bridge import STOP, TARGET, UP_LEVEL, Bridge
from serialem_session import SerialEMSession, first

SCRIPT = "serialem_batch"   # name of this script in SerialEM
LIMIT_UM = 900          # farthest stage position in X and Y
MATCH_UM = 20           # farthest that an item may have been shifted since the session was opened
BATCH = 20              # holes in a batch; a smaller batch learns sooner from its results


def clear_flags(sem):
    for item in range(1, int(first(sem.ReportNumTableItems())) + 1):
        if int(first(sem.ReportItemAcquire(item))):
            sem.SetItemAcquire(item, 0)


def mark_batch(sem, session, size=BATCH):
    """Marks up to `size` holes. Returns the last code and the items."""
    marked, code, ups = [], TARGET, 0
    while len(marked) < size and ups <= size:
        code, item, _, _ = session.suggest()
        if code == UP_LEVEL:
            ups += 1
            continue
        if code != TARGET or not session.may_go(item, MATCH_UM):
            break
        sem.SetItemAcquire(item, 1)
        marked.append(item)
    session.say("%d holes marked" % len(marked))
    return code, marked


def main():
    import serialem as sem
    sem.NoMessageBoxOnError(1)
    session = SerialEMSession(sem)
    started = bool(sem.IsVariableDefined("bridgeBatches"))
    if session.open(None, LIMIT_UM, Bridge.AUTO, resume=started) <= 0:
        return
    if not started:
        clear_flags(sem)
        sem.SetPersistentVar("bridgeBatches", "1")
    code, marked = mark_batch(sem, session)
    if marked:
        sem.FindScriptByName(SCRIPT)
        sem.RunScriptAfterNavAcquire(-1)
        sem.StartNavAcquireAtEnd()
    elif code == STOP:
        session.close()
    session.bridge.close()


# SerialEM runs the script under a name of its own, so there is no test for __main__ here.
main()
