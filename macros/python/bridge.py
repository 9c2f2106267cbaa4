"""Bridge from Python: the same calls as the plugin has for SerialEM's own scripts, without the plugin and without any package.

    from bridge import Bridge
    bridge = Bridge()
    bridge.settle(bridge.open_session, r"D:\\grid1\\nav.nav")
    bridge.set_mode(bridge.AUTO)
    code, item, probability, minutes = bridge.settle(bridge.suggest_next_hole)

Every call returns a code, alone or first: above 0 success, 0 pending (call again with the same arguments, or let `settle` do that),
below 0 a fault code of plugin/README.md; `explain("fault")` has its sentence. No call raises, and none waits longer than `deadline_s`.
While the host stays away, the next hole is the nearest one that nobody visited; `fallback` is True then and `why` says so.

Needs bridge_outbox.py and bridge_zmtp.py beside it, and Python 3.4 or newer. One thread at a time.
"""
import array
import collections
import functools
import math
import os
import re
import sys
import time

from bridge_outbox import BAD_FIELD, INTERNAL, NOT_ALLOWED, OUTSIDE_ENVELOPE, STOPPED, UNKNOWN_SESSION, UNREACHABLE, Outbox, fault

DEFAULT_ENDPOINT = "tcp://127.0.0.1:48950"
TARGET, UP_LEVEL, STOP, SURVEY = 1, 2, 3, 4
OUT_OF_REACH, LATER = 2, 5                # reasons of report_skipped
_KINDS = {"target": TARGET, "up_level": UP_LEVEL, "stop": STOP, "survey": SURVEY}
_LEVELS = {"patch": 1, "square": 2, "grid_image": 3}     # that are left, with UP_LEVEL
GO_ON, ALIGNED, GIVE_UP, DONE = 1, 2, 3, 2    # what next_beam_shift and next_segment return
_SHIFT_KINDS = {"go_on": GO_ON, "aligned": ALIGNED, "give_up": GIVE_UP}
_SEGMENT_KINDS = {"go_on": GO_ON, "done": DONE}
_SLACK = 1 + 1e-9                         # for rounding only
_FARTHEST_UM = 100000.0
_SAME_PLACE_UM = 20.0                     # a confirmed target may have been realigned by so much


class _Fault(Exception):
    def __init__(self, reply):
        Exception.__init__(self, reply["message"])
        self.reply = reply


def _coded(*rest):
    """Turns every failure of a call into a code, in a tuple with `rest` if there is any."""
    def decorate(call):
        @functools.wraps(call)
        def coded(self, *arguments, **keywords):
            try:
                return call(self, *arguments, **keywords)
            except _Fault as failure:
                reply = failure.reply
            except (ValueError, TypeError, OverflowError) as error:
                reply = fault(BAD_FIELD, str(error)[:500], "BadField")
            except Exception as error:      # whatever it is, a night's session must not end by it
                reply = fault(INTERNAL, "%s: %s" % (type(error).__name__, str(error)[:500]), "Internal")
            self._note(reply)
            return (reply["code"],) + rest if rest else reply["code"]
        return coded
    return decorate


class Bridge(object):
    """One session with the agent host."""

    ADVISE, CONFIRM, AUTO = 1, 2, 3

    def __init__(self, deadline_s=0.2, attempt_s=1.0, fallback_after_s=10.0, clock=time.monotonic):
        if not (0 <= deadline_s <= 2 and 0.05 <= attempt_s <= 60 and 0 <= fallback_after_s <= 600):
            raise ValueError("deadline_s must be 0 to 2, attempt_s 0.05 to 60, fallback_after_s 0 to 600")
        self._deadline_s, self._attempt_s, self._fallback_after_s, self._clock = deadline_s, attempt_s, fallback_after_s, clock
        self._outbox, self._connected_to = None, None
        self._polled = collections.OrderedDict()    # requests that a call may come back for
        self._suggest = None
        self._places, self._unvisited, self._here = {}, {}, (0.0, 0.0)
        self._target = None                         # item, x, y, z of the last suggestion
        self._limits, self._squares, self._mode, self._confirmed, self._stopped = None, None, self.ADVISE, None, False
        self._alignment, self._scan = None, None    # (session, longest shift), session
        self._image = None                          # rows that came so far
        self.session = None
        self.clock_min = None       # the script's own clock in minutes, sent with every request; None leaves time to the host
        self.fallback = False       # the last suggestion was not the host's
        self.why = ""               # reason of the last suggestion, in a sentence
        self.alignment_why = ""     # of the last shift
        self.scan_why = ""          # of the last segment; when done it says where the image lies
        self.scan_policy = ""       # who chooses the segments
        self.scan_warning = ""      # why that is not who was asked for, and the like
        self.scan_file = None       # where the host writes the completed image (MRC, beside it a PNG)
        self.scan_ahead = None      # (x, y, direction) of the segment after the next one, if it is decided already
        self.defocus_um = None      # target defocus that the goal asks for at the place suggested last
        self.others = []            # items to shoot by image shift from the place suggested last, with X and Y from there in um
        self.resumed = False
        self.warnings = []
        self.last_fault = ""

    # Connection and session

    @_coded()
    def connect(self, endpoint="-", secret=None):
        """1 when the host answers. The endpoint is on this machine; - takes BRIDGE_ENDPOINT or the default. The secret comes from
        BRIDGE_SECRET_FILE unless given."""
        self._use(endpoint, secret)
        if self._ask("hello", client="python") is not None:
            return 1
        if self._outbox.away:
            self._refuse(UNREACHABLE, "nobody answers (%s); is agent-host running? (agent-host doctor)" % self._outbox.last_error)
        return 0

    @_coded()
    def open_session(self, path=None, session=None, targets=None, planner=None, seed=None, minutes=None, minutes_left=None,
                     end_time=None, shadow=None, survey_minutes=None, max_shift_um=None, shot_minutes=None, goal=None):
        """Number of targets. Opens a session on a saved Navigator file, or on `targets` (dicts as in plugin/README.md), or resumes it.
        Its name follows from the file's unless given. `end_time` as in set_end_time; `shadow` is a planner that advises silently;
        `survey_minutes`, of an image of a patch, is for the planner adaptive; `max_shift_um` and `shot_minutes` of each shot after the first for groups;
        `goal` a dict as in plugin/README.md."""
        name = session or _name_of(path)
        fields = {"session": name, "path": None if path is None else os.path.abspath(str(path)), "targets": targets, "planner": planner,
                  "seed": seed, "minutes": minutes, "minutes_left": minutes_left, "end_time": end_time, "shadow": shadow,
                  "survey_minutes": survey_minutes,
                  "max_shift_um": max_shift_um, "shot_minutes": shot_minutes, "goal": goal, "allowed": self._allowed()}
        reply = self._ask("open_session", **{key: value for key, value in fields.items() if value is not None})
        if reply is None:
            return 0
        places, count = reply.get("places") or [], reply.get("targets")
        if not isinstance(places, list) or len(places) % 4 or not all(_is_number(value) for value in places) or not _is_number(count):
            raise _Fault(fault(-2, "the host's answer cannot be read: places"))
        self._places = {int(places[i]): tuple(float(value) for value in places[i + 1:i + 4]) for i in range(0, len(places), 4)}
        self._unvisited = dict(self._places)
        self.session, self.resumed, self.warnings = name, reply.get("resumed") is True, reply.get("warnings") or []
        return int(count)

    @_coded()
    def set_budget(self, minutes_left):
        """1. Minutes left from now."""
        return self._tell("set_budget", minutes_left=float(minutes_left))

    @_coded()
    def set_end_time(self, end_time):
        """1. When the session ends, instead of set_budget: 2026-01-31T07:30 in the host's local time, with Z in UTC, or 07:30."""
        return self._tell("set_end_time", end_time=str(end_time))

    @_coded()
    def set_goal(self, goal):
        """1. What the session is for: a dict of max_shots, least_per_square, defocus_from_um and defocus_to_um, avoid (items); takes the place of the goal before."""
        return self._tell("set_goal", goal=dict(goal))

    @_coded()
    def update_stage(self, x_um, y_um, z_um=0.0):
        """1. Where the stage is."""
        self._here = (float(x_um), float(y_um))
        return self._tell("update_stage", x_um=float(x_um), y_um=float(y_um), z_um=float(z_um))

    @_coded()
    def close_session(self):
        """Number of events kept in the journal."""
        reply = self._ask("close_session", session=self._name())
        if reply is None:
            return 0
        self.session, self._unvisited, self._places = None, {}, {}
        return max(1, int(reply.get("events", 1)))

    # Where next

    @_coded(0, 0.0, 0.0)
    def suggest_next_hole(self):
        """(code, item, P(good), expected minutes): code 1 a target, 2 go up a level, 3 stop, 4 take the image of the patch around the item
        and tell what it shows (report_predictions). P and minutes are -1 where nobody knows them. 2 and 4 come only with the planner adaptive."""
        self._check_stop()
        if self._suggest is None:
            self._suggest = self._submit("suggest", session=self._name())
        pending = self._suggest
        self._outbox.work(pending, self._clock() + self._deadline_s)
        if pending.reply is None:
            if not self._outbox.away and self._clock() - pending.since < self._fallback_after_s:
                return 0, 0, 0.0, 0.0
            self._suggest = None
            self._outbox.abandon(pending)
            return self._fall_back()
        self._suggest = None
        if pending.is_fault:
            raise _Fault(pending.reply)
        return self._accept(pending.reply)

    @_coded(0.0, 0.0, 0.0)
    def suggested_stage(self):
        """(1, x, y, z) of the last suggestion, in um."""
        if self._target is None:
            raise _Fault(fault(-7, "nothing has been suggested yet"))
        return (1,) + self._target[1:]

    @_coded()
    def report_visit(self, item):
        """1. The stage goes to an item of the script's own choice."""
        self._visit(int(item))
        return self._tell("report_visit", item=int(item))

    @_coded()
    def report_ctf(self, item, resolution_a, fit_score=None, defocus_um=None, score=None):
        """1. What was measured: CTF maximum resolution in A, score of the fit, defocus in um (underfocus is negative), and what
        it is worth to the user, 0 or more (its number of particles, for example)."""
        self._unvisited.pop(int(item), None)
        more = {"fit_score": fit_score, "defocus_um": defocus_um, "score": score}
        return self._tell("report_ctf", item=int(item), ctf_max_res_a=float(resolution_a),
                          **{key: float(value) for key, value in more.items() if value is not None})

    @_coded()
    def report_move(self, item, minutes):
        """1. What the move to an item and its exposure took, if the host should not take the time from suggestion to result."""
        return self._tell("report_move", item=int(item), minutes=float(minutes))

    @_coded()
    def report_predictions(self, predictions):
        """1. What the image of a patch shows: dicts of item and predicted_ctf_a (A) or probability, at least one."""
        return self._tell("report_predictions", predictions=list(predictions))

    @_coded()
    def read_predictions(self, path):
        """1. The host reads them from the Navigator file, saved again: user values 1 (CTF, A) and 2 (probability) of the items."""
        return self._tell("report_predictions", path=os.path.abspath(str(path)))

    @_coded()
    def score_holes(self, items, crops, crop_px, pixel_type="f32"):
        """1. Pictures of holes, which the host scores in the background: square crops of crop_px pixels, one for each item, one after the other in bytes, row by row, each pixel u8, u16 or f32 with the
        low byte first. What it finds counts from then on as if report_predictions had told it; explain("session") says how far it is."""
        return 1 if self._ask("score_holes", pixels=bytes(crops), session=self._name(), items=[int(item) for item in items], crop_px=int(crop_px), pixel_type=str(pixel_type)) is not None else 0

    @_coded()
    def score_maps(self, path):
        """1. The host cuts the pictures out of the maps of the Navigator file, saved before, and scores them in the background."""
        return 1 if self._ask("score_holes", session=self._name(), path=os.path.abspath(str(path))) is not None else 0

    @_coded()
    def report_skipped(self, item, reason=0):
        """1. Not collected: 0 no reason given, 1 operator, 2 out of reach, 3 move failed, 4 looks bad, 5 later."""
        item = int(item)
        if reason == LATER and item in self._places:
            self._unvisited[item] = self._places[item]
        else:
            self._unvisited.pop(item, None)
        return self._tell("report_skipped", item=item, reason=int(reason))

    @_coded("")
    def explain(self, about="last"):
        """(1, text) about last, session, item 37, alignment, scan, or fault."""
        if about == "fault":
            return 1, self.last_fault or "there was no fault"
        if about in ("alignment", "scan"):
            return 1, (self.alignment_why if about == "alignment" else self.scan_why) or "nothing was asked for yet"
        if about == "last" and self.fallback:
            return 1, self.why
        reply = self._ask("explain", session=self._name(), about=str(about))
        return (0, "") if reply is None else (1, str(reply.get("text", "")))

    # Alignment of the beam, and partial scans: sessions of their own, which need no Navigator and no open_session

    @_coded()
    def begin_alignment(self, goal_x, goal_y, max_shift, tolerance=1.0, max_steps=30, first_shift=None, session="alignment", policy=None):
        """1. Begins to bring the beam to a goal in px, never farther than max_shift from the starting value of what the script shifts.
        policy: None leaves it to the host; "sac" learns this deflector, under the session's name, while it is used."""
        self._check_stop()
        self._alignment = None
        fields = {"session": session, "goal_x": float(goal_x), "goal_y": float(goal_y), "max_shift": float(max_shift),
                  "tolerance": float(tolerance), "max_steps": int(max_steps), "first_shift": None if first_shift is None else float(first_shift),
                  "policy": None if policy is None else str(policy)}
        if self._ask("begin_alignment", **{key: value for key, value in fields.items() if value is not None}) is None:
            return 0
        self._alignment = (session, float(max_shift))
        return 1

    @_coded()
    def observe_beam(self, x=None, y=None):
        """1. Where the beam is now, in px; without a position: none was found."""
        fields = {} if x is None and y is None else {"x": float(x), "y": float(y)}
        return 1 if self._ask("observe_beam", session=self._aligning()[0], **fields) is not None else 0

    @_coded()
    def observe_picture(self, pixels, width, height, pixel_type="u8"):
        """1. A camera picture of the beam, in which the host finds it. pixels: bytes, row by row from the top left, each u8, u16 or f32 with the low byte first."""
        picture = {"width": int(width), "height": int(height), "type": str(pixel_type)}
        return 1 if self._ask("observe_beam", pixels=bytes(pixels), session=self._aligning()[0], picture=picture) is not None else 0

    @_coded(0.0, 0.0, 0.0)
    def next_beam_shift(self):
        """(code, shift x, shift y, distance left): code 1 set starting value + shift and measure, 2 aligned, 3 give up. Distance -1 if not known."""
        session, longest = self._aligning()
        self._check_stop()
        self._forget("observe_beam")
        reply = self._ask("next_beam_shift", session=session)
        if reply is None:
            return 0, 0.0, 0.0, 0.0
        kind, x, y = _SHIFT_KINDS.get(reply.get("kind")), reply.get("shift_x"), reply.get("shift_y")
        if kind is None or not _is_number(x) or not _is_number(y):
            raise _Fault(fault(-2, "the host's shift cannot be read"))
        if math.hypot(x, y) > longest * _SLACK:
            self._alignment = None
            self._refuse(OUTSIDE_ENVELOPE, "the host asked for a shift of %g, the longest allowed is %g; set the starting value again" % (math.hypot(x, y), longest))
        self.alignment_why = str(reply.get("why", ""))
        distance = reply.get("distance")
        return kind, float(x), float(y), float(distance) if _is_number(distance) else -1.0

    @_coded()
    def end_alignment(self):
        """1. Closes the session of alignments: what a policy learned in it is kept for the next one of its name. Else the session stays open at the host."""
        reply = self._ask("close_session", session=self._aligning()[0])
        if reply is None:
            return 0
        self._alignment = None
        return 1

    @_coded()
    def begin_scan(self, width, height, coverage=None, positions=None, seed=None, session="scan", policy=None, value_range=None):
        """Number of segments. Begins a partial scan; `positions` are scanned in one go, sqrt(2) px apart. A value outside `value_range`
        (least, most) is refused by observe_segment."""
        self._check_stop()
        self._scan, self._image = None, None
        least, most = (None, None) if value_range is None else (float(value_range[0]), float(value_range[1]))
        more = {"coverage": coverage, "positions": positions, "seed": seed, "policy": policy, "value_min": least, "value_max": most}
        reply = self._ask("begin_scan", session=session, width=int(width), height=int(height), **{key: value for key, value in more.items() if value is not None})
        if reply is None:
            return 0
        if not _is_number(reply.get("segments")):
            raise _Fault(fault(-2, "the host's answer cannot be read: segments"))
        self._scan = session
        self.scan_policy, self.scan_warning = str(reply.get("policy", "")), str(reply.get("warning") or "")
        self.scan_file, self.scan_ahead = reply.get("file"), None
        return int(reply["segments"])

    @_coded()
    def observe_segment(self, values):
        """1. The values read at the positions of the last segment."""
        self._image = None
        return 1 if self._ask("observe_segment", session=self._scanning(), values=[float(value) for value in values]) is not None else 0

    @_coded(0.0, 0.0, 0.0)
    def next_segment(self):
        """(code, start x, start y, direction in radians): code 1 scan it, 2 done."""
        session = self._scanning()
        self._check_stop()
        self._forget("observe_segment")
        reply = self._ask("next_segment", session=session)
        if reply is None:
            return 0, 0.0, 0.0, 0.0
        kind, numbers = _SEGMENT_KINDS.get(reply.get("kind")), [reply.get("x"), reply.get("y"), reply.get("direction_rad")]
        if kind is None or not all(_is_number(number) for number in numbers):
            raise _Fault(fault(-2, "the host's segment cannot be read"))
        self.scan_why = str(reply.get("why", ""))
        ahead = reply.get("ahead")
        ahead = [ahead.get(key) for key in ("x", "y", "direction_rad")] if isinstance(ahead, dict) else [None]
        self.scan_ahead = tuple(float(number) for number in ahead) if all(_is_number(number) for number in ahead) else None
        return (kind,) + tuple(float(number) for number in numbers)

    @_coded(None)
    def scan_image(self):
        """(1, image) of what was scanned, also in mid-scan. The image is a dict: width, height; image and uncertainty (array of floats, row by
        row), mask (bytes: 1 where a pixel was read, 0 where it is a guess); segments and of (fewer: it is partial), method, file."""
        session = self._scanning()
        if self._image is None:
            self._image = {"rows": 0, "image": array.array("f"), "uncertainty": array.array("f"), "mask": bytearray()}
        parts = self._image
        frames = []
        try:
            reply = self._ask("get_scan_image", frames_back=frames, session=session, row=parts["rows"])
            if reply is None:
                return 0, None
            size = [reply.get(key) for key in ("width", "height", "row", "rows")]
            if not all(_is_number(number) for number in size) or size[2] != parts["rows"] or not 1 <= size[3] <= size[1] - size[2]:
                raise _Fault(fault(-2, "the host's image cannot be read: %s" % (size,)))
            pixels = int(size[0]) * int(size[3])
            if [len(frame) for frame in frames] != [4 * pixels, pixels, 4 * pixels]:
                raise _Fault(fault(-2, "the host's image cannot be read: frames of %s bytes" % [len(frame) for frame in frames]))
        except _Fault:
            self._image = None
            raise
        for key, frame in (("image", frames[0]), ("uncertainty", frames[2])):
            floats = array.array("f")
            floats.frombytes(frame)
            if sys.byteorder == "big":
                floats.byteswap()
            parts[key].extend(floats)
        parts["mask"].extend(frames[1])
        parts["rows"] += int(size[3])
        if parts["rows"] < size[1]:
            return 0, None
        self._image = None
        return 1, {"width": int(size[0]), "height": int(size[1]), "image": parts["image"], "uncertainty": parts["uncertainty"], "mask": bytes(parts["mask"]),
                   "segments": reply.get("segments"), "of": reply.get("of"), "method": reply.get("method"), "file": reply.get("file")}

    # The safety envelope: what lies outside is refused with the reason, never clipped

    @_coded()
    def set_stage_limits(self, least_x_um, most_x_um, least_y_um, most_y_um):
        """1. A suggestion outside is refused."""
        limits = tuple(float(value) for value in (least_x_um, most_x_um, least_y_um, most_y_um))
        if not all(_is_number(value) for value in limits) or limits[0] >= limits[1] or limits[2] >= limits[3]:
            raise _Fault(fault(BAD_FIELD, "stage limits must be least X, most X, least Y, most Y in um, got %s" % (limits,)))
        self._limits = limits
        return 1

    @_coded()
    def set_allowed_squares(self, names=None):
        """1. Only targets of these squares are let through; None lets all through."""
        self._squares = None if names is None else frozenset(names)
        return 1

    @_coded()
    def set_mode(self, mode):
        """1. ADVISE: may_move says no; CONFIRM: it says yes after `confirm`; AUTO: yes within the limits. ADVISE unless set."""
        if mode not in (self.ADVISE, self.CONFIRM, self.AUTO):
            self._refuse(BAD_FIELD, "the mode must be 1 advise, 2 confirm or 3 auto, got %r" % (mode,))
        self._mode = mode
        return 1

    @_coded()
    def confirm(self, item):
        """1. The operator agrees to go to the item suggested last."""
        if self._target is None or int(item) != self._target[0]:
            self._refuse(NOT_ALLOWED, "item %s is not the one suggested last" % (item,))
        self._confirmed = self._target
        return 1

    @_coded()
    def may_move(self, x_um, y_um):
        """1 if the script may move the stage there. Ask before every move."""
        self._check_stop()
        why = self._outside(float(x_um), float(y_um))
        if why:
            self._refuse(OUTSIDE_ENVELOPE, why)
        if self._mode == self.ADVISE:
            self._refuse(NOT_ALLOWED, "the mode is advise: nothing is moved")
        if self._mode == self.CONFIRM and (self._confirmed is None or math.hypot(x_um - self._confirmed[1], y_um - self._confirmed[2]) > _SAME_PLACE_UM):
            self._refuse(NOT_ALLOWED, "the operator has not confirmed a move to %.3f, %.3f um" % (x_um, y_um))
        return 1

    def stop(self):
        """1. Nothing is suggested or allowed from now on, until `resume`."""
        self._stopped = True
        return 1

    def resume(self):
        self._stopped = False
        return 1

    # Waiting and closing

    def settle(self, call, *arguments, **keywords):
        """Repeats a call while it is pending, for at most `limit_s` seconds (default 30). Returns what it returned last."""
        until = self._clock() + keywords.pop("limit_s", 30.0)
        while True:
            result = call(*arguments, **keywords)
            if (result[0] if isinstance(result, tuple) else result) != 0 or self._clock() >= until:
                return result
            time.sleep(0.01)

    def close(self):
        """Ends the connection; what the host has not answered yet is lost. The session stays open at the host."""
        if self._outbox is not None:
            self._outbox.close()
            self._outbox = None
        self._polled.clear()
        self._suggest = None

    # Inside

    def _use(self, endpoint, secret):
        if self._outbox is not None and (endpoint, secret) == self._connected_to:
            return
        self.close()
        address = (os.environ.get("BRIDGE_ENDPOINT") or DEFAULT_ENDPOINT) if endpoint in ("-", "", None) else endpoint
        self._outbox = Outbox(address, secret or _secret_of_environment(), self._attempt_s, on_reply=self._on_reply, clock=self._clock)
        self._connected_to = (endpoint, secret)

    def _accept(self, reply):
        kind, target = _KINDS.get(reply.get("kind")), reply.get("target")
        if kind is None or (kind in (TARGET, SURVEY) and _stage_of(target) is None):
            raise _Fault(fault(-2, "the host's suggestion cannot be read"))
        self.fallback, self.why, self.others = False, str(reply.get("why", "")), []
        self.defocus_um = reply.get("defocus_um") if _is_number(reply.get("defocus_um")) else None
        if kind not in (TARGET, SURVEY):
            return kind, _LEVELS.get(reply.get("leaves"), 0), 0.0, 0.0
        self._take(_stage_of(target), target.get("square"), is_visit=kind == TARGET)
        self._take_others(reply.get("others"))
        probability, minutes = reply.get("probability") if kind == TARGET else None, reply.get("expected_minutes")
        return kind, self._target[0], probability if _is_number(probability) else -1.0, minutes if _is_number(minutes) else -1.0

    def _fall_back(self):
        self.others, self.defocus_um = [], None
        self.fallback, self.why = True, "the agent host does not answer: nearest unvisited target"
        if not self._unvisited:
            self.why = "the agent host does not answer, and no unvisited target is known"
            return STOP, 0, 0.0, 0.0
        item = min(self._unvisited, key=lambda other: (
            (self._unvisited[other][0] - self._here[0]) ** 2 + (self._unvisited[other][1] - self._here[1]) ** 2, other))
        target = (item,) + self._unvisited[item]
        self._take(target, None)
        self._submit("report_visit", session=self._name(), item=item)     # the host hears of it as soon as it is back
        return TARGET, item, -1.0, -1.0

    def _take(self, target, square, is_visit=True):
        """Makes a target the current one, if the envelope lets it through."""
        why = self._outside(target[1], target[2])
        if not why and self._squares is not None and square not in self._squares:
            why = "square '%s' is not among the allowed ones" % (square,)
        if why:
            self._unvisited.pop(target[0], None)
            self._submit("report_skipped", session=self._name(), item=target[0], reason=OUT_OF_REACH)
            self._refuse(OUTSIDE_ENVELOPE, "item %d: %s" % (target[0], why))
        self._target, self._confirmed = target, None
        if is_visit:
            self._visit(target[0])
        else:
            self._here = target[1:3]

    def _take_others(self, others):
        for stage in [_stage_of(other) for other in others or []]:
            if stage is None:
                raise _Fault(fault(-2, "the host's suggestion cannot be read: others"))
            self._unvisited.pop(stage[0], None)
            if self._outside(stage[1], stage[2]):
                self._submit("report_skipped", session=self._name(), item=stage[0], reason=OUT_OF_REACH)
            else:
                self.others.append((stage[0], stage[1] - self._target[1], stage[2] - self._target[2]))

    def _allowed(self):
        """The envelope for the host, which keeps to it too; None if there is none."""
        if self._limits is None and self._squares is None:
            return None
        limits = self._limits or (-_FARTHEST_UM, _FARTHEST_UM, -_FARTHEST_UM, _FARTHEST_UM)
        allowed = dict(zip(("x_min_um", "x_max_um", "y_min_um", "y_max_um"), limits))
        if self._squares is not None:
            allowed["squares"] = sorted(self._squares)
        return allowed

    def _check_stop(self):
        if self._stopped:
            self._refuse(STOPPED, "stop was called; call resume to go on")
        if os.path.exists(_stop_file()):
            self._refuse(STOPPED, "there is a file %s; delete it to go on" % _stop_file())

    def _visit(self, item):
        self._unvisited.pop(item, None)
        if item in self._places:
            self._here = self._places[item][:2]

    def _outside(self, x_um, y_um):
        limits = self._limits
        if not _is_number(x_um) or not _is_number(y_um):
            return "a stage position must be two numbers"
        if limits is None or (limits[0] <= x_um <= limits[1] and limits[2] <= y_um <= limits[3]):
            return ""
        return "stage %.3f, %.3f um is outside the limits X %g to %g, Y %g to %g um" % ((x_um, y_um) + limits)

    def _tell(self, message_type, **fields):
        return 1 if self._ask(message_type, session=self._name(), **fields) is not None else 0

    def _ask(self, message_type, pixels=None, frames_back=None, **fields):
        """The answer to a request, or None while it is pending. The same question asked again picks the answer up. The answer's binary frames
        are appended to `frames_back`."""
        key = (message_type, repr(sorted(fields.items())), pixels)
        pending = self._polled.get(key) or self._submit(message_type, pixels=pixels, **fields)
        self._outbox.work(pending, self._clock() + self._deadline_s)
        if pending.reply is None:
            self._polled[key] = pending
            if len(self._polled) > 100:
                self._polled.popitem(last=False)
            return None
        self._polled.pop(key, None)
        if pending.is_fault:
            raise _Fault(pending.reply)
        if frames_back is not None:
            frames_back.extend(pending.frames_back)
        return pending.reply

    def _forget(self, message_type):
        """Nobody comes back for these: the next ones of the same content are new."""
        for key in [key for key in self._polled if key[0] == message_type]:
            del self._polled[key]

    def _submit(self, message_type, pixels=None, **fields):
        if self._outbox is None:
            self._use("-", None)
        if self.clock_min is not None and "session" in fields:
            fields["clock_min"] = float(self.clock_min)
        return self._outbox.submit(message_type, pixels=pixels, **fields)

    def _on_reply(self, pending):
        """Every answer, also those that no call comes back for."""
        if pending.is_fault:
            self._note(pending.reply)
        elif pending.abandoned and pending.type == "suggest":
            # The host answered after we had gone elsewhere: its target is free again, for both sides.
            target = _stage_of(pending.reply.get("target"))
            if target is not None and target[0] in self._unvisited:
                self._submit("report_skipped", session=pending.fields["session"], item=target[0], reason=LATER)

    def _name(self):
        if self.session is None:
            self._refuse(UNKNOWN_SESSION, "no session is open; call open_session until it returns more than 0")
        return self.session

    def _aligning(self):
        if self._alignment is None:
            self._refuse(UNKNOWN_SESSION, "no alignment has begun; call begin_alignment until it returns 1")
        return self._alignment

    def _scanning(self):
        if self._scan is None:
            self._refuse(UNKNOWN_SESSION, "no scan has begun; call begin_scan until it returns more than 0")
        return self._scan

    @staticmethod
    def _refuse(code, why):
        raise _Fault(fault(code, why))

    def _note(self, reply):
        self.last_fault = "%s (%d): %s" % (reply["name"] or "fault", reply["code"], reply["message"])


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -1e300 < value < 1e300


def _stage_of(target):
    """(item, x, y, z) of a target, or None if it cannot be read."""
    if not isinstance(target, dict):
        return None
    item, stage = target.get("item"), [target.get("x_um"), target.get("y_um"), target.get("z_um", 0)]
    if not isinstance(item, int) or isinstance(item, bool) or item < 1 or not all(_is_number(v) and abs(v) <= _FARTHEST_UM for v in stage):
        return None
    return (item,) + tuple(float(value) for value in stage)


def _name_of(path):
    if path is None:
        raise ValueError("open_session needs the path of the saved Navigator file, or targets and a session name")
    stem = os.path.splitext(re.split(r"[\\/]", str(path))[-1])[0]
    return re.sub(r"[^A-Za-z0-9._-]", "-", stem).lstrip(".")[:64] or "session"


def _stop_file():
    """A file named STOP in the data folder of plugin and host stops everything."""
    local = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME") or os.path.expanduser(os.path.join("~", ".local", "share"))
    return os.path.join(os.environ.get("BRIDGE_DATA_FOLDER") or os.path.join(local, "Bridge"), "STOP")


def _secret_of_environment():
    path = os.environ.get("BRIDGE_SECRET_FILE")
    if not path:
        return None
    with open(path, encoding="utf-8") as file:
        return file.read(1024).strip()
