"""Requests on their way to the agent host: sent one after the other, repeated with the same request id until answered.

The messages are those of plugin/README.md. There is no thread: work is done inside the calls, never longer than they say.
Needs Python 3.4 or newer and no package.
"""
import collections
import json
import math
import time
import uuid

from bridge_proof import PROTOCOL, Proof, ProofError
from bridge_zmtp import Dealer

INTERNAL, BAD_FRAME, BAD_FIELD, UNKNOWN_SESSION, BUSY, UNREACHABLE = -1, -2, -5, -6, -13, -14
STOPPED, OUTSIDE_ENVELOPE, NOT_ALLOWED, NOT_PROVEN = -20, -21, -22, -25
_MOST_DIGITS = 40

# The reply that each request gets if it gets no fault.
REPLIES = {
    "hello": "welcome", "open_session": "session_opened", "set_budget": "ack", "set_end_time": "ack", "set_goal": "ack", "update_stage": "ack", "suggest": "suggestion",
    "report_visit": "ack", "report_ctf": "ack", "report_move": "ack", "report_predictions": "ack", "score_holes": "ack",
    "report_skipped": "ack", "explain": "explanation", "close_session": "session_closed",
    "begin_alignment": "alignment_begun", "observe_beam": "ack", "next_beam_shift": "beam_shift",
    "begin_scan": "scan_begun", "observe_segment": "ack", "next_segment": "segment", "get_scan_image": "scan_image",
}


def _encode(message_type, fields):
    """The body of a request. What JSON cannot carry is refused by its name."""
    try:
        return json.dumps(fields, allow_nan=False, sort_keys=True).encode("utf-8")
    except ValueError:
        odd = [name for name in sorted(fields) if isinstance(fields[name], float) and not math.isfinite(fields[name])]
        raise ValueError("%s: %s must be a finite number" % (message_type, ", ".join("'%s'" % name for name in odd) or "every value"))


class Pending(object):
    """One request. `reply` is None until it is answered, then a dict; a fault has "code", "name" and "message". `frames_back` are
    the binary frames of the answer."""

    def __init__(self, message_type, fields, now, pixels=None):
        self.type, self.fields, self.since = message_type, fields, now
        self.request_id = uuid.uuid4().hex
        body = _encode(message_type, fields)
        self.frames = [PROTOCOL, message_type.encode("ascii"), self.request_id.encode("ascii"), body] + ([] if pixels is None else [pixels])
        self.reply = None
        self.frames_back = []
        self.abandoned = False
        self.sent_on = None         # number of the connection that carried it last
        self.due = None             # when the attempt under way counts as unanswered
        self.not_before = 0.0

    @property
    def is_fault(self):
        return self.reply is not None and "code" in self.reply


class Outbox(object):
    """All requests of one client, in their order. `on_reply` is called with every request that is answered. With a secret nothing is sent on a
    connection before both sides have proved that they know it."""

    def __init__(self, endpoint, secret=None, attempt_s=1.0, break_after=3, capacity=100000, on_reply=None, clock=time.monotonic):
        self._dealer = Dealer(endpoint, clock)
        self._secret = secret
        self._proof, self._proof_on = None, 0   # of the connection with this number
        self._attempt_s, self._break_after, self._capacity = attempt_s, break_after, capacity
        self._on_reply, self._clock = on_reply, clock
        self._queue = collections.deque()
        self._missed = 0
        self.away = False           # too many attempts in a row stayed without an answer

    @property
    def waiting(self):
        return len(self._queue)

    @property
    def last_error(self):
        """Why the last connection ended, or None."""
        return self._dealer.last_error

    def submit(self, message_type, pixels=None, **fields):
        """Puts a request at the end; sends nothing yet. Raises ValueError for a number that is not finite."""
        pending = Pending(message_type, fields, self._clock(), pixels)
        if len(self._queue) >= self._capacity:
            self._answer(pending, fault(BUSY, "%d requests wait for the host already; see that agent-host runs (agent-host doctor)" % self._capacity))
        else:
            self._queue.append(pending)
        return pending

    def abandon(self, pending):
        """Nobody waits for it any more. What the host never saw is taken back; the rest is still carried out."""
        pending.abandoned = True
        if pending.sent_on is None and pending in self._queue:
            self._queue.remove(pending)

    def work(self, pending, until):
        """Sends and receives until the request is answered or the clock says `until`."""
        while pending.reply is None and self._queue:
            head, now = self._queue[0], self._clock()
            if head.due is None:
                head.due = now + self._attempt_s
            elif now >= head.due:
                self._miss(head, now)
            if self._proved() and now >= head.not_before and head.sent_on != self._dealer.connections and self._dealer.send(head.frames):
                head.sent_on = self._dealer.connections
            frames = self._dealer.step(min(until, head.not_before if now < head.not_before else head.due))
            if frames is not None and self._proved():
                self._take(head, frames)
            elif frames is not None:
                self._prove(frames)
            if self._clock() >= until:
                return

    def close(self):
        self._dealer.close()
        for pending in self._queue:
            pending.reply = fault(UNREACHABLE, "the client was closed before the host answered")
        self._queue.clear()

    def _proved(self):
        """True once this connection may carry requests; begins the proof of a new one."""
        if not self._dealer.ready or self._secret is None:
            return self._dealer.ready
        if self._proof_on != self._dealer.connections:
            self._proof, self._proof_on = Proof(self._secret, self._dealer.port), self._dealer.connections
            self._dealer.send(self._proof.begin())
        return self._proof.done

    def _prove(self, frames):
        try:
            more = self._proof.take(frames)
        except ProofError as error:
            self._dealer.drop(str(error))
            return
        if more is not None:
            self._dealer.send(more)

    def _miss(self, head, now):
        self._missed += 1
        head.due = now + self._attempt_s
        self.away = self.away or self._missed >= self._break_after
        if self._dealer.ready:
            # The same connection may just be slow: ask again on it, and on a new one when that did not help.
            head.sent_on = 0
            if self._missed % self._break_after == 0:
                self._dealer.drop("no answer within %g s" % (self._break_after * self._attempt_s))

    def _take(self, head, frames):
        if len(frames) < 4 or frames[0] != PROTOCOL or frames[2] != head.frames[2]:
            return      # an answer that came twice, or none at all
        reply = _read(head.type, frames[1], frames[3])
        if reply.get("code") == NOT_PROVEN and self._secret is not None:
            self._dealer.drop("the host asks for the proof again")
            return
        self._missed, self.away = 0, False
        if reply.get("code") == BUSY:
            head.not_before, head.due, head.sent_on = self._clock() + 0.05, self._clock() + self._attempt_s, 0
            return
        self._queue.popleft()
        head.frames_back = frames[4:]
        self._answer(head, reply)

    def _answer(self, pending, reply):
        pending.reply = reply
        if self._on_reply is not None:
            self._on_reply(pending)


def fault(code, message, name=None):
    return {"code": code, "name": name or "", "message": message}


def _read(asked, reply_type, body):
    """The fields of an answer; what cannot be read becomes a fault."""
    try:
        fields = json.loads(body.decode("utf-8"), parse_int=_whole, parse_constant=_refuse)
    except (ValueError, RuntimeError) as error:      # RuntimeError: nested too deeply
        return fault(BAD_FRAME, "the host's answer cannot be read: %s" % str(error)[:200])
    if not isinstance(fields, dict):
        return fault(BAD_FRAME, "the host's answer cannot be read: no JSON object")
    if reply_type == b"fault":
        code, message = fields.get("code"), fields.get("message")
        if not isinstance(code, int) or isinstance(code, bool) or code >= 0 or not isinstance(message, str):
            return fault(BAD_FRAME, "the host's fault cannot be read")
        return fault(code, message, str(fields.get("name", "")))
    if reply_type != REPLIES[asked].encode("ascii"):
        return fault(BAD_FRAME, "the host answered %s with %s" % (asked, ascii(reply_type[:40].decode("latin-1"))))
    fields.pop("code", None)
    return fields


def _whole(text):
    if len(text) > _MOST_DIGITS:
        raise ValueError("a number of %d digits" % len(text))
    return int(text)


def _refuse(text):
    raise ValueError("%s is no number" % text)
