"""An alignment and a partial scan with bridge.py against the host. Any failed assertion ends the script.

    align_and_scan.py ENDPOINT
"""
import math
import sys

from bridge import ALIGNED, DONE, GIVE_UP, GO_ON, Bridge

bridge = Bridge()
assert bridge.settle(bridge.connect, sys.argv[1]) == 1, bridge.last_fault

# Before it has begun, and wrong use: a code, never an exception.
assert bridge.observe_beam(1, 2) == -6 and bridge.next_beam_shift() == (-6, 0.0, 0.0, 0.0)
assert bridge.next_segment() == (-6, 0.0, 0.0, 0.0) and bridge.observe_segment([1]) == -6
assert bridge.settle(bridge.begin_alignment, 0, 0, 0) == -5 and "max_shift" in bridge.last_fault
assert bridge.begin_alignment("x", 0, 1) == -5


def align(response, longest):
    """The last code, and the shift it ended with."""
    assert bridge.settle(bridge.begin_alignment, 5, -3, longest, tolerance=0.5, first_shift=0.5) == 1, bridge.last_fault
    x, y = 0.0, 0.0
    for _ in range(31):
        beam = (200 + response[0] * x + response[1] * y, -150 + response[2] * x + response[3] * y)
        assert bridge.settle(bridge.observe_beam, *beam) == 1, bridge.last_fault
        code, x, y, away = bridge.settle(bridge.next_beam_shift)
        assert abs(away - math.hypot(beam[0] - 5, beam[1] + 3)) < 1e-6
        assert math.hypot(x, y) <= longest
        if code != GO_ON:
            return code, x, y
    raise AssertionError("no end")


code, x, y = align((-30, 12, 9, 44), 20)
assert code == ALIGNED, bridge.explain("alignment")
assert math.hypot(200 - 30 * x + 12 * y - 5, -150 + 9 * x + 44 * y + 3) <= 0.5
print(bridge.explain("alignment")[1])
assert align((-30, 12, 9, 44), 2)[0] == GIVE_UP and "longest allowed" in bridge.explain("alignment")[1]
assert align((0, 0, 0, 0), 20) == (GIVE_UP, 0.0, 0.0) and "does not react" in bridge.explain("alignment")[1]
assert bridge.settle(bridge.observe_beam, 1, 1) == -23

# A policy that learns this deflector, alignment after alignment, and goes on in the next session of that name.
for begun in range(2):
    for i in range(12):
        assert bridge.settle(bridge.begin_alignment, 5, -3, 20, tolerance=0.5, first_shift=0.5, session="deflector", policy="sac") == 1, bridge.last_fault
        x, y, code = 0.0, 0.0, GO_ON
        while code == GO_ON:
            assert bridge.settle(bridge.observe_beam, 200 - 15 * i - 30 * x + 12 * y, -150 + 20 * i + 9 * x + 44 * y) == 1
            code, x, y, away = bridge.settle(bridge.next_beam_shift)
        assert code == ALIGNED and away <= 0.5, bridge.explain("alignment")
    assert bridge.settle(bridge.end_alignment) == 1, bridge.last_fault
    assert bridge.observe_beam(1, 2) == -6
assert bridge.settle(bridge.begin_alignment, 0, 0, 1, session="other", policy="magic") == -24, bridge.last_fault

# No beam: told without a position, and given up in the end.
assert bridge.settle(bridge.begin_alignment, 0, 0, 1) == 1
assert bridge.observe_beam(float("nan"), 0) == -5 and bridge.observe_beam(1) == -5
for _ in range(4):
    assert bridge.settle(bridge.observe_beam) == 1
    code = bridge.settle(bridge.next_beam_shift)[0]
assert code == GIVE_UP

# Camera pictures in place of positions: a disk that follows the shift, then a dark screen.
def disk(x, y):
    return bytes(bytearray(200 if (column - x) ** 2 + (row - y) ** 2 <= 144 else 10 for row in range(128) for column in range(128)))


assert bridge.settle(bridge.begin_alignment, 64, 64, 20, tolerance=0.5, first_shift=0.5) == 1, bridge.last_fault
x, y, code = 0.0, 0.0, GO_ON
while code == GO_ON:
    assert bridge.settle(bridge.observe_picture, disk(90 - 5 * x + y, 40 + 2 * x + 6 * y), 128, 128) == 1, bridge.last_fault
    code, x, y, away = bridge.settle(bridge.next_beam_shift)
assert code == ALIGNED and away <= 0.5, bridge.explain("alignment")
assert bridge.settle(bridge.begin_alignment, 64, 64, 20) == 1
for _ in range(4):
    assert bridge.settle(bridge.observe_picture, bytes(bytearray(128 * 128)), 128, 128) == 1
    code = bridge.settle(bridge.next_beam_shift)[0]
assert code == GIVE_UP and "stands out" in bridge.explain("alignment")[1], bridge.explain("alignment")
assert bridge.settle(bridge.begin_alignment, 64, 64, 20) == 1
assert bridge.settle(bridge.observe_picture, b"short", 128, 128) == -5 and "16384 bytes" in bridge.last_fault

# A scan beside it.
assert bridge.scan_image() == (-6, None)
assert bridge.settle(bridge.begin_scan, 96, 96, policy="magic") == -24 and bridge.settle(bridge.begin_scan, 96, 96, value_range=(1, 1)) == -5
segments = bridge.settle(bridge.begin_scan, 96, 96, value_range=(0, 2))
assert segments == 20, bridge.last_fault
assert bridge.settle(bridge.scan_image) == (-23, None)
assert bridge.settle(bridge.observe_segment, [0.0] * 20) == -23
done = 0
while True:
    code, x, y, direction = bridge.settle(bridge.next_segment)
    if code != GO_ON:
        break
    assert 0 <= x <= 95 and 0 <= y <= 95 and abs(direction) <= math.pi
    assert bridge.settle(bridge.observe_segment, [1.0] * 19) == -5
    assert bridge.settle(bridge.observe_segment, [2.5] * 20) == -5 and "announced range" in bridge.last_fault
    assert bridge.settle(bridge.observe_segment, [float("nan")] * 20) == -5
    assert (bridge.scan_ahead is None) == (done == segments - 1)
    assert bridge.settle(bridge.observe_segment, [1.0] * 20) == 1, bridge.last_fault
    done += 1
    if done == 3:
        code, image = bridge.settle(bridge.scan_image)
        assert code == 1 and (image["segments"], image["of"]) == (3, 20), bridge.last_fault
assert code == DONE and done == segments
code, image = bridge.settle(bridge.scan_image)
assert code == 1, bridge.last_fault
assert (image["width"], image["height"], image["segments"], image["of"]) == (96, 96, 20, 20)
assert len(image["image"]) == len(image["uncertainty"]) == len(image["mask"]) == 96 * 96
assert all(value == 1 for value in image["image"]) and 300 < sum(bytearray(image["mask"])) <= 400
assert image["file"] == bridge.scan_file and image["file"] in bridge.explain("scan")[1]
with open(image["file"], "rb") as file:
    assert file.read(4) == b"\x60\0\0\0"        # an MRC of 96 columns
# A larger one comes in several answers.
count = bridge.settle(bridge.begin_scan, 400, 300, coverage=0.001)
assert count == 6
for value in range(count):
    assert bridge.settle(bridge.next_segment)[0] == GO_ON and bridge.settle(bridge.observe_segment, [float(value)] * 20) == 1
code, image = bridge.settle(bridge.scan_image)
assert code == 1 and len(image["image"]) == len(image["mask"]) == 400 * 300, bridge.last_fault
assert -5 < min(image["image"]) < max(image["image"]) < 10
assert bridge.stop() == 1 and bridge.begin_alignment(0, 0, 1) == -20 and bridge.next_segment()[0] == -20
print("scanned %d segments" % done)
bridge.close()
