"""Reads and writes safetensors files apart from our own code: by the package safetensors where it is installed, else by the format's page.

judge_safetensors.py read FILE     prints {"tensors": {name: [dtype, shape, values]}, "metadata": {...}}
judge_safetensors.py write FILE    writes w = [[1.5, -2], [0, 0.25]], n = 9007199254740993, m = [true, false, true], empty = (0, 3), metadata {"seed": "7"}
"""
import json
import struct
import sys

FORMATS = {"F32": "f", "I64": "q", "BOOL": "?"}


def read(path):
    raw = open(path, "rb").read()
    length = struct.unpack("<Q", raw[:8])[0]
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        code = FORMATS[entry["dtype"]]
        values = struct.unpack(f"<{(end - begin) // struct.calcsize('<' + code)}{code}", data[begin:end])
        tensors[name] = [entry["dtype"], entry["shape"], list(values)]
    try:
        from safetensors.numpy import load_file
        theirs = load_file(path)
        assert set(theirs) == set(tensors) and all(list(theirs[n].shape) == tensors[n][1] for n in theirs)
    except ImportError:
        pass
    return {"tensors": tensors, "metadata": metadata}


def write(path):
    tensors = {"w": ("F32", [2, 2], struct.pack("<4f", 1.5, -2, 0, 0.25)), "n": ("I64", [], struct.pack("<q", 2**53 + 1)),
               "m": ("BOOL", [3], struct.pack("<3?", True, False, True)), "empty": ("F32", [0, 3], b"")}
    header, data = {"__metadata__": {"seed": "7"}}, b""
    for name, (dtype, shape, values) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header).encode()
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)


if sys.argv[1] == "read":
    print(json.dumps(read(sys.argv[2])))
else:
    write(sys.argv[2])
