"""The libzmq side of the interop tests.

    zmq_peer.py TYPE bind|connect ENDPOINT TASK [options]

Prints one line for each thing that happened and ends when its standard input does.
  echo           send every message back, after printing "ready PORT"
  ask            send messages of --sizes, want each back, print "ok"; --until-answered tries again for ever
  publish        print "ready PORT", then send each of --topics every 10 ms
  subscribe      subscribe to --topics, print every message as text, frames parted by |
  refused        print the name of the event that ends the handshake
"""
import argparse
import os
import sys
import threading

import zmq
import zmq.auth.thread
from zmq.utils.monitor import recv_monitor_message

parser = argparse.ArgumentParser()
parser.add_argument("type")
parser.add_argument("how", choices=["bind", "connect"])
parser.add_argument("endpoint")
parser.add_argument("task")
parser.add_argument("--sizes", default="1")
parser.add_argument("--topics", default="")
parser.add_argument("--identity")
parser.add_argument("--plain", help="user:password, as client")
parser.add_argument("--plain-server", help="user:password, as server")
parser.add_argument("--heartbeat", type=int, default=0, help="ms")
parser.add_argument("--until-answered", action="store_true")
args = parser.parse_args()


def say(text):
    print(text, flush=True)


def leave_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=leave_with_parent, daemon=True).start()
context = zmq.Context()
socket = context.socket(getattr(zmq, args.type))
socket.linger = 0
if args.identity:
    socket.identity = args.identity.encode()
if args.plain:
    user, password = args.plain.split(":")
    socket.plain_username, socket.plain_password = user.encode(), password.encode()
if args.plain_server:
    user, password = args.plain_server.split(":")
    authenticator = zmq.auth.thread.ThreadAuthenticator(context)
    authenticator.start()
    authenticator.configure_plain(domain="*", passwords={user: password})
    socket.plain_server = True
if args.heartbeat:
    socket.setsockopt(zmq.HEARTBEAT_IVL, args.heartbeat)
    socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 3 * args.heartbeat)
    socket.setsockopt(zmq.HEARTBEAT_TTL, 10 * args.heartbeat)
if args.type == "SUB":
    for topic in args.topics.split(","):
        socket.subscribe(topic)
monitor = socket.get_monitor_socket() if args.task == "refused" else None
getattr(socket, args.how)(args.endpoint)
if args.how == "bind":
    say("ready " + socket.last_endpoint.decode().rsplit(":", 1)[1])
else:
    say("ready")


def payload(size):
    return (bytes(range(256)) * (size // 256 + 1))[:size]


if args.task == "echo":
    while True:
        socket.send_multipart(socket.recv_multipart())
elif args.task == "ask":
    for size in map(int, args.sizes.split(",")):
        wanted = [b"size %d" % size, payload(size)]
        socket.send_multipart(wanted)
        while args.until_answered and not socket.poll(250):
            socket.send_multipart(wanted)
        got = socket.recv_multipart()
        if got != wanted:
            say("size %d came back as %s" % (size, [len(frame) for frame in got]))
            sys.exit(1)
    say("ok")
    threading.Event().wait()
elif args.task == "publish":
    pause = threading.Event()
    while not pause.wait(0.01):
        for topic in args.topics.split(","):
            socket.send_multipart([topic.encode(), b"about " + topic.encode()])
elif args.task == "subscribe":
    while True:
        say("|".join(frame.decode() for frame in socket.recv_multipart()))
elif args.task == "refused":
    while True:
        event = zmq.Event(recv_monitor_message(monitor)["event"])
        if event.name.startswith("HANDSHAKE_"):
            say(event.name)
