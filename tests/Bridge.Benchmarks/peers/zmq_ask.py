"""The asking side of `roundtrip`: a libzmq DEALER.

    zmq_ask.py PORT

Reads commands from its standard input: `ping N` prints N round-trip times in ns, `stream N` prints the ns for N messages one way.
`zmq_ask.py --probe` prints yes if pyzmq is there.
"""
import sys
import time

import zmq

if sys.argv[1] == "--probe":
    print("yes")
    sys.exit(0)

SIZE = 200
LIMIT_MS = 30_000
socket = zmq.Context().socket(zmq.DEALER)
socket.linger = 0
socket.rcvtimeo = socket.sndtimeo = LIMIT_MS
socket.connect("tcp://127.0.0.1:" + sys.argv[1])


def payload(kind):
    return (kind + bytes(range(1, 256)))[:SIZE]


def ping(count):
    request = payload(b"P")
    times = []
    for _ in range(count):
        start = time.perf_counter_ns()
        socket.send(request)
        reply = socket.recv()
        times.append(time.perf_counter_ns() - start)
        if reply != request:
            raise SystemExit("the answer is not the echo of the request")
    return " ".join(map(str, times))


def stream(count):
    message, last = payload(b"T"), payload(b"L")
    start = time.perf_counter_ns()
    for _ in range(count - 1):
        socket.send(message)
    socket.send(last)
    socket.recv()
    return time.perf_counter_ns() - start


for line in sys.stdin:
    what, number = line.split()
    print({"ping": ping, "stream": stream}[what](int(number)), flush=True)
