"""Plays the microscope of a table of holes whose predictions are seen only in images of patches, through bridge.Bridge.

    survey.py TABLE ENDPOINT OUT.json
"""
import json
import sys

from bridge import STOP, SURVEY, TARGET, UP_LEVEL, Bridge
from collect import GOOD_UP_TO_A, read_table

table, endpoint, out = sys.argv[1:4]
targets, truth = read_table(table)
seen = {target["item"]: target.pop("predicted_ctf_a") for target in targets}
patch_of = {target["item"]: target["patch"] for target in targets}
bridge = Bridge(deadline_s=0.05, fallback_after_s=30)
bridge.clock_min = 0.0


def ask(call, *arguments, **keywords):
    """Until answered; a fault ends the script."""
    result = bridge.settle(call, *arguments, limit_s=60, **keywords)
    if (result[0] if isinstance(result, tuple) else result) <= 0:
        sys.exit("%s: %s" % (call.__name__, bridge.last_fault))
    return result


ask(bridge.connect, endpoint)
ask(bridge.open_session, session="survey", targets=targets, planner="adaptive", minutes_left=100000.0, survey_minutes=0.8)
assert bridge.settle(bridge.set_end_time, "tonight") == -5 and "end_time" in bridge.last_fault
ask(bridge.set_end_time, "23:59")
ask(bridge.set_budget, 200)
images, ups, visited, plan = [], 0, [], ""
while True:
    code, item, probability, minutes = ask(bridge.suggest_next_hole)
    if code == STOP:
        break
    if code == UP_LEVEL:
        assert item in (1, 2, 3), item
        ups += 1
        continue
    bridge.clock_min += 0.6 * minutes       # a fast microscope
    if code == SURVEY:
        assert probability == -1.0, probability
        images.append(patch_of[item])
        shown = [{"item": other, "predicted_ctf_a": seen[other]} for other in seen if patch_of[other] == patch_of[item]]
        ask(bridge.report_predictions, shown)
        continue
    assert code == TARGET and patch_of[item] in images, (code, item)
    visited.append(item)
    ask(bridge.report_ctf, item, truth[item])
    if len(visited) == 5:
        plan = ask(bridge.explain, "plan")[1]
assert bridge.settle(bridge.report_predictions, [{"item": 10 ** 6, "predicted_ctf_a": 3.0}]) == -7
assert bridge.settle(bridge.report_move, visited[-1], 0.0) == -5
ask(bridge.report_move, visited[-1], 1.5)
assert bridge.settle(bridge.set_goal, {"max_shots": 0}) == -5 and "max_shots" in bridge.last_fault
ask(bridge.set_goal, {"max_shots": len(visited) + 1, "defocus_from_um": -1, "defocus_to_um": -2})
minutes = ask(bridge.explain, "minutes")[1]
ask(bridge.close_session)
with open(out, "w") as file:
    json.dump({"images": len(images), "ups": ups, "good": sum(truth[item] <= GOOD_UP_TO_A for item in visited), "minutes": minutes, "plan": plan}, file)
