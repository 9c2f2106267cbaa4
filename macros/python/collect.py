#!/usr/bin/env python3
"""Runs a whole session against the agent host, with pyzmq (Debian: python3-zmq) or without any package.

    agent-host serve                                                       (in another window)
    python3 collect.py holes.csv --minutes-left 480
    python3 collect.py holes.csv --minutes-left 480 --transport plain      (bridge_outbox.py instead of pyzmq)

The table has the columns of tests and papers: hole, grid, square, patch, x_um and y_um or x_px and y_px, ctf_max_res_angstrom (what a
visit will measure), predicted_ctf_angstrom. This script plays the microscope: it visits what the host suggests, measures what the table
says, and prints how many good holes (6 A or better) it found. See plugin/README.md for the messages.
"""
import argparse
import csv
import json
import sys
import time
import uuid

from bridge_proof import PROTOCOL, Proof, ProofError, read_secret, secret_file
from bridge_zmtp import parse_endpoint

try:
    import zmq
except ImportError:
    zmq = None

GOOD_UP_TO_A = 6.0
NOT_PROVEN = -25
NO_ANSWER = "%s: no answer; is agent-host running? (agent-host doctor)"
NO_PROOF = "%s; is the secret right? (agent-host doctor)"
MINUTES = {"text": (2, 3, 5, 10), "reward": (2, 5, 10, 15), "summed": (2, 5, 10, 20)}


class HostFault(Exception):
    """The host refused a request."""


class Host:
    """One session's requests, with pyzmq. Each is repeated with the same id until it is answered.

    With a secret each socket is for one connection: libzmq connects again by itself, but who listens then may be another program, so
    that is switched off, and a new socket begins with a new proof.
    """

    def __init__(self, endpoint, session, secret=None, attempt_ms=2000, attempts=15):
        self.endpoint, self.session, self.secret, self.attempt_ms, self.attempts = endpoint, session, secret, attempt_ms, attempts
        self.socket = None

    def ask(self, message_type, **fields):
        request_id = uuid.uuid4().hex.encode()
        body = json.dumps(dict(fields, session=self.session)).encode()
        frames = [PROTOCOL, message_type.encode(), request_id, body]
        for _ in range(self.attempts):
            if self.socket is None and not self.connect():
                continue
            reply = self.exchange(frames)
            if reply is not None and not (self.secret and reply.get("code") == NOT_PROVEN):
                return checked(message_type, reply)
            if self.secret:
                self.close()        # lost, or the host has forgotten us
        raise HostFault(NO_ANSWER % message_type)

    def connect(self):
        """True once there is a socket, proved if there is a secret."""
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        if self.secret:
            self.socket.reconnect_ivl = -1
        self.socket.connect(self.endpoint)
        if not self.secret:
            return True
        proof = Proof(self.secret, parse_endpoint(self.endpoint)[1])
        try:
            frames = proof.begin()
            while frames and self.socket.poll(self.attempt_ms, zmq.POLLOUT):
                self.socket.send_multipart(frames)
                frames = proof.take(self.socket.recv_multipart()) if self.socket.poll(self.attempt_ms) else None
        except ProofError as error:
            self.close()
            raise HostFault(NO_PROOF % error)
        if not proof.done:
            self.close()
        return proof.done

    def exchange(self, frames):
        """Sends, and waits for the answer; None: there was none."""
        if self.socket.poll(self.attempt_ms, zmq.POLLOUT):
            self.socket.send_multipart(frames)
        while self.socket.poll(self.attempt_ms):
            answer = self.socket.recv_multipart()
            if answer[2] == frames[2]:
                return json.loads(answer[3])
        return None

    def close(self):
        self.socket.close()
        self.socket = None


class PlainHost:
    """The same without pyzmq."""

    def __init__(self, endpoint, session, secret=None, limit_s=30):
        from bridge_outbox import Outbox
        self.outbox, self.session, self.limit_s = Outbox(endpoint, secret), session, limit_s

    def ask(self, message_type, **fields):
        pending = self.outbox.submit(message_type, session=self.session, **fields)
        self.outbox.work(pending, time.monotonic() + self.limit_s)
        if pending.reply is None:
            raise HostFault(NO_ANSWER % message_type)
        return checked(message_type, pending.reply)


def checked(message_type, reply):
    """The reply; a fault is raised. Of all replies only a fault has a code."""
    if "code" in reply:
        raise HostFault("%s: %s (%s %d)" % (message_type, reply["message"], reply["name"], reply["code"]))
    return reply


def read_table(path):
    """Targets for open_session, and the measured values by item number."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    targets, truth = [], {}
    for item, row in enumerate(rows, 1):
        micrometres = "x_um" in row
        targets.append({
            "item": item, "id": row["hole"], "grid_image": row["grid"], "square": row["square"], "patch": row["patch"],
            # Pixels of the patch image are no stage position, but order the holes of a patch.
            "x_um": float(row["x_um"] if micrometres else row["x_px"]) * (1 if micrometres else 0.01),
            "y_um": float(row["y_um"] if micrometres else row["y_px"]) * (1 if micrometres else 0.01),
            "predicted_ctf_a": float(row["predicted_ctf_angstrom"]),
        })
        truth[item] = min(20.0, float(row["ctf_max_res_angstrom"]))
    return targets, truth


def minutes_between(a, b, table):
    """Minutes of a move by the outermost level that changes (CryoRL, section 4.2)."""
    if a["patch"] == b["patch"]:
        return table[0]
    if a["square"] == b["square"]:
        return table[1]
    return table[2] if a["grid_image"] == b["grid_image"] else table[3]


def collect(host, targets, truth, minutes_left, first, planner, minutes, seed):
    """Returns the good holes and all holes visited, the first one not counted."""
    by_item = {target["item"]: target for target in targets}
    opened = host.ask("open_session", targets=targets, planner=planner, seed=seed, minutes=minutes, minutes_left=minutes_left, clock_min=0)
    if opened["resumed"]:
        sys.exit("session '%s' exists already: choose another --session" % host.session)
    here, clock_min = by_item[first], 0.0
    host.ask("report_visit", item=first, clock_min=clock_min)
    host.ask("report_ctf", item=first, ctf_max_res_a=truth[first], clock_min=clock_min)
    visited = []
    while True:
        suggestion = host.ask("suggest", clock_min=clock_min)
        if suggestion["kind"] != "target":
            print("%6.1f min  %s: %s" % (clock_min, suggestion["kind"], suggestion["why"]))
            break
        target = by_item[suggestion["target"]["item"]]
        clock_min += minutes_between(here, target, MINUTES[minutes])
        here = target
        visited.append(target["item"])
        host.ask("report_ctf", item=target["item"], ctf_max_res_a=truth[target["item"]], clock_min=clock_min)
    host.ask("close_session", clock_min=clock_min)
    return sum(truth[item] <= GOOD_UP_TO_A for item in visited), visited


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="table of holes (.csv)")
    parser.add_argument("--endpoint", default="tcp://127.0.0.1:48950", help="where agent-host listens (%(default)s)")
    parser.add_argument("--session", default="python-" + uuid.uuid4().hex[:8], help="name of the session (a new one)")
    parser.add_argument("--secret-file", default=secret_file(), help="file with the host's secret (%(default)s); none for a host that asks for none")
    parser.add_argument("--transport", default="pyzmq", choices=["pyzmq", "plain"], help="how to speak ZeroMQ (%(default)s)")
    parser.add_argument("--planner", default="rate")
    parser.add_argument("--minutes", default="text", choices=sorted(MINUTES))
    parser.add_argument("--minutes-left", type=float, default=480)
    parser.add_argument("--first", type=int, default=1, help="item number of the first hole (%(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", help="also write the result to this file")
    arguments = parser.parse_args()
    path = arguments.secret_file
    if arguments.transport == "pyzmq" and zmq is None:
        sys.exit("collect.py: there is no pyzmq here (Debian: apt install python3-zmq); --transport plain does without")
    try:
        secret = read_secret(None if path == "none" else path)
        host = (Host if arguments.transport == "pyzmq" else PlainHost)(arguments.endpoint, arguments.session, secret)
        targets, truth = read_table(arguments.table)
        good, visited = collect(host, targets, truth, arguments.minutes_left, arguments.first, arguments.planner, arguments.minutes, arguments.seed)
    except (HostFault, OSError, KeyError, ValueError) as error:
        sys.exit("collect.py: %s" % error)
    print("%d good holes of %d visited" % (good, len(visited)))
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump({"good": good, "visited": visited}, file)


if __name__ == "__main__":
    main()
