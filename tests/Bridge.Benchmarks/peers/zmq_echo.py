"""The echo side of `roundtrip`: a libzmq ROUTER. Prints its port; ends when its standard input does.

The first byte of a message says what to do with it: T take it, anything else send it back.
"""
import os
import sys
import threading

import zmq


def leave_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=leave_with_parent, daemon=True).start()
socket = zmq.Context().socket(zmq.ROUTER)
print(socket.bind_to_random_port("tcp://127.0.0.1"), flush=True)
while True:
    peer, message = socket.recv_multipart()
    if message[:1] != b"T":
        socket.send_multipart((peer, message))
