"""Acquire at Items of the stand-in: runs the scripts that a user would choose there, each in a Python of its own, as SerialEM does.

    acquire_at_items.py gate    SCRIPT_BEFORE SCRIPT_AFTER MOST_ITEMS
    acquire_at_items.py batches SCRIPT_PLAN   SCRIPT_AFTER MOST_BATCHES
"""
import json
import os
import subprocess
import sys

import serialem as sem


def run(script):
    """Runs a script on the state as it is. A script that fails ends this one."""
    sem.save()
    subprocess.check_call([sys.executable, "-B", "-W", "error", script])
    with open(os.environ["FAKE_STATE"]) as file:
        sem.state().update(json.load(file))


def acquire(item, after):
    if sem.state()["here"] != item:
        sem.move(item)
    sem.Record()
    sem.SetItemAcquire(item, 0)
    run(after)


pattern, script, after, most = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
state = sem.state()
if pattern == "gate":
    run(script)
    for item in state["flags"][:most]:
        state.update(acquiring=item, skipped=False, skip_group=False)
        run(script)
        if state["end"]:
            break
        if not state["skipped"]:
            acquire(item, after)
else:
    for _ in range(most):
        state["at_end"] = False
        run(script)
        if not state["at_end"]:
            break
        for item in list(state["flags"]):
            state["acquiring"] = item
            acquire(item, after)
        state["acquiring"] = None
sem.save()
