"""Scans an image partially with the agent host, and shows how a scan controller of your own does it: replace `Detector`.

    python3 scan.py IMAGE.npy [--index N] [--policy adaptive] [--endpoint tcp://127.0.0.1:48950]

Purpose:  plays IMAGE.npy back as if it were under the beam: the host says where to scan, gets what was read there, and completes the image.
Needs:    agent-host running; bridge.py and its two helpers beside this script; no package. An array of whole numbers or floats with two axes,
          or three (then --index chooses the image).
Changes:  nothing. The host writes the image into its data folder (MRC and PNG); the last line says where.
"""
import argparse
import array
import ast
import math
import sys

from bridge import DONE, GO_ON, Bridge

_CODES = {"u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "f4": "f", "f8": "d"}


class Detector(object):
    """Stands in for a microscope: `read` gives what the detector says at the positions of one segment. Write your own in its place."""

    def __init__(self, path, index):
        with open(path, "rb") as file:
            magic, length = file.read(8), file.read(2)
            if magic[:6] != b"\x93NUMPY" or magic[6:7] != b"\x01":
                raise SystemExit("%s is no .npy file of version 1; write it with numpy.save" % path)
            header = ast.literal_eval(file.read(length[0] + 256 * length[1]).decode("latin-1"))
            kind, shape = header["descr"], header["shape"]
            if header["fortran_order"] or kind[1:] not in _CODES or len(shape) not in (2, 3):
                raise SystemExit("%s: %s of shape %s is not read; save it with numpy.save(file, array.astype('f4'))" % (path, kind, shape))
            self.height, self.width = shape[-2:]
            self._values = array.array(_CODES[kind[1:]])
            if len(shape) == 3 and not 0 <= index < shape[0]:
                raise SystemExit("--index must be 0 to %d" % (shape[0] - 1))
            size = self.width * self.height * self._values.itemsize
            file.seek((index if len(shape) == 3 else 0) * size, 1)
            self._values.frombytes(file.read(size))
            if kind[0] != "|" and (kind[0] == ">") != (sys.byteorder == "big"):
                self._values.byteswap()

    def read(self, x, y, direction, positions):
        """Position k from 0 is at start + k sqrt(2) (cos, sin); the nearest pixel is read."""
        values = []
        for k in range(positions):
            column = round(x + k * math.sqrt(2) * math.cos(direction))
            row = round(y + k * math.sqrt(2) * math.sin(direction))
            values.append(self._values[min(max(row, 0), self.height - 1) * self.width + min(max(column, 0), self.width - 1)])
        return values


def main():
    parser = argparse.ArgumentParser(description="Scans an image partially with the agent host.")
    parser.add_argument("image")
    parser.add_argument("--index", type=int, default=0)
    parser.add_argument("--policy")
    parser.add_argument("--positions", type=int, default=20)
    parser.add_argument("--endpoint", default="-")
    options = parser.parse_args()
    detector = Detector(options.image, options.index)
    bridge = Bridge()
    if bridge.settle(bridge.connect, options.endpoint) != 1:
        raise SystemExit(bridge.last_fault)
    segments = bridge.settle(bridge.begin_scan, detector.width, detector.height, positions=options.positions, policy=options.policy)
    if segments < 1:
        raise SystemExit(bridge.last_fault)
    print("%d segments, policy %s%s" % (segments, bridge.scan_policy, "; the host says: " + bridge.scan_warning if bridge.scan_warning else ""))
    while True:
        code, x, y, direction = bridge.settle(bridge.next_segment)
        if code != GO_ON:
            break
        # bridge.scan_ahead is the segment after this one where it is known: a controller may begin it while these values travel.
        if bridge.settle(bridge.observe_segment, detector.read(x, y, direction, options.positions)) != 1:
            raise SystemExit(bridge.last_fault)
    if code != DONE:
        raise SystemExit(bridge.last_fault)
    code, image = bridge.settle(bridge.scan_image)
    if code != 1:
        raise SystemExit(bridge.last_fault)
    read = sum(bytearray(image["mask"]))
    print("%d x %d completed by %s from %.1f %% of its pixels; expected error %.4g" % (
        image["width"], image["height"], image["method"], 100.0 * read / len(image["mask"]), sum(image["uncertainty"]) / len(image["uncertainty"])))
    print(image["file"] or "the host writes no files")
    bridge.close()


if __name__ == "__main__":
    main()
