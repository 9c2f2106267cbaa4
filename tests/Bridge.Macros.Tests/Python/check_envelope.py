"""The safety envelope of bridge.py against the host. Any failed assertion ends the script.

    check_envelope.py ENDPOINT STOP_FILE
"""
import os
import sys

from bridge import STOP, TARGET, Bridge

bridge = Bridge()
assert bridge.settle(bridge.connect, sys.argv[1]) == 1, bridge.last_fault
assert bridge.suggest_next_hole()[0] == -6
assert bridge.set_stage_limits(10, -10, -10, 10) == -5
targets = [{"item": 1, "x_um": 0, "y_um": 0, "predicted_ctf_a": 3.0}, {"item": 2, "x_um": 500, "y_um": 0, "predicted_ctf_a": 3.0}]
assert bridge.settle(bridge.open_session, targets=targets, session="envelope", planner="nearest", minutes_left=480) == 2, bridge.last_fault

# Limits that the host does not know of: what is outside is refused with the reason, and the host told.
assert bridge.set_stage_limits(-10, 10, -10, 10) == 1
answers = [bridge.settle(bridge.suggest_next_hole) for _ in range(3)]
assert [answer[0] for answer in answers] == [TARGET, -21, STOP], answers
assert "outside the limits" in bridge.explain("fault")[1]

# The mode, the limits and stop decide over a move.
assert bridge.may_move(0, 0) == -22
assert bridge.set_mode(bridge.CONFIRM) == 1 and bridge.may_move(0, 0) == -22
assert bridge.confirm(7) == -22 and bridge.confirm(1) == 1 and bridge.may_move(0, 0) == 1
assert bridge.set_mode(bridge.AUTO) == 1 and bridge.may_move(5, 5) == 1 and bridge.may_move(11, 0) == -21 and bridge.may_move(float("nan"), 0) == -21
assert bridge.stop() == 1 and bridge.may_move(0, 0) == -20 and bridge.suggest_next_hole()[0] == -20 and bridge.resume() == 1
with open(sys.argv[2], "w"):
    assert bridge.may_move(0, 0) == -20
os.remove(sys.argv[2])
assert bridge.may_move(0, 0) == 1

# Wrong use gets a code, never an exception.
for wrong in (lambda: bridge.report_ctf("x", 4), lambda: bridge.report_ctf(1, float("nan")), lambda: bridge.set_budget(None), lambda: bridge.set_mode(9), lambda: bridge.update_stage(1, "y")):
    assert wrong() == -5, bridge.last_fault
assert bridge.report_ctf(1, float("nan")) == -5 and "report_ctf: 'ctf_max_res_a' must be a finite number" in bridge.last_fault, bridge.last_fault
assert bridge.set_goal({"defocus_from_um": float("inf"), "defocus_to_um": -1}) == -5 and "set_goal" in bridge.last_fault, bridge.last_fault
assert bridge.settle(bridge.report_ctf, 99, 4.0) == -7
assert bridge.settle(bridge.close_session) > 0
