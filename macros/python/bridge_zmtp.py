"""A ZeroMQ DEALER socket in plain Python: ZMTP 3.0 over TCP, mechanism NULL, one peer, loopback only.

Written from RFC 23 (ZMTP 3.0) and RFC 37 (ZMTP 3.1), rfc.zeromq.org. Nothing here blocks longer than the
caller says, and nothing that a peer sends can make it grow beyond MAX_MESSAGE_BYTES. Needs Python 3.4 or newer and no package.
"""
import errno
import select
import socket
import struct
import time

MAX_MESSAGE_BYTES = 64 * 1024 * 1024 + 4096   # one JSON frame of the protocol and the short frames before it
MAX_FRAMES = 21                               # four and at most 16 binary ones, and an empty delimiter
MAX_COMMAND_BYTES = 4096
HANDSHAKE_S = 2.0                             # from the first byte to the last of a connection's beginning
RECONNECT_S = (0.05, 1.0)                     # first and longest pause between two attempts to connect

_MORE, _LONG, _COMMAND = 1, 2, 4
_GREETING_BYTES = 64
_WAITING = (errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN, getattr(errno, "WSAEWOULDBLOCK", 10035))


class PeerError(Exception):
    """The peer does not speak ZMTP, or refuses us; the connection is of no use."""


def parse_endpoint(endpoint):
    """Host and port of tcp://127.0.0.1:48950. Raises ValueError for anything but this machine."""
    text = str(endpoint)
    host, colon, port = text[len("tcp://"):].rpartition(":") if text.startswith("tcp://") else ("", "", "")
    if not colon or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("endpoint must look like tcp://127.0.0.1:48950, got '%s'" % text[:100])
    if host == "localhost":
        return "127.0.0.1", int(port)
    if host == "[::1]":
        return "::1", int(port)
    try:
        packed = socket.inet_aton(host) if host.count(".") == 3 else b""
    except OSError:
        packed = b""
    if packed[:1] != b"\x7f":
        raise ValueError("endpoint must be on this machine (127.0.0.1), got '%s'" % text[:100])
    return host, int(port)


class Dealer(object):
    """One connection to one peer, made and made again as needed. Belongs to one thread."""

    def __init__(self, endpoint, clock=time.monotonic):
        self._address = parse_endpoint(endpoint)
        self._clock = clock
        self._socket = None
        self._pause, self._retry_at = RECONNECT_S[0], 0.0
        self.last_error = None      # why the last connection ended, or could not be made
        self.connections = 0        # handshakes completed; another number means that what was sent before may be lost
        self._reset()

    @property
    def port(self):
        return self._address[1]

    @property
    def ready(self):
        """True while messages can be sent."""
        return self._state == "ready"

    def send(self, frames):
        """Queues one message; False if there is no connection. What a lost connection had queued is lost with it."""
        if not self.ready or len(self._out) > MAX_MESSAGE_BYTES:
            return False
        for index, frame in enumerate(frames):
            self._put(_MORE if index < len(frames) - 1 else 0, frame)
        return True

    def step(self, until):
        """Does what is next (connect, shake hands, send, receive, answer a ping), waiting at most once and at most until the clock says `until`.
        Returns a message as a list of bytes, or None: nothing yet."""
        return self._work(max(0.0, until - self._clock()))

    def drop(self, reason):
        """Ends the connection; the next `step` makes a new one after a pause."""
        self.last_error = reason
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        self._reset()
        self._retry_at = self._clock() + self._pause
        self._pause = min(2 * self._pause, RECONNECT_S[1])

    def close(self):
        self.drop("closed")

    def _reset(self):
        self._state = "down"
        self._in, self._out = bytearray(), bytearray()
        self._frames, self._frame_bytes = [], 0
        self._deadline = 0.0

    def _work(self, wait_s):
        """One step: at most one wait of `wait_s` seconds. Returns a message if one is complete."""
        try:
            message = self._parse() if self.ready else None
            if message is not None:
                return message
            if self._state == "down":
                wait_s = min(wait_s, max(0.0, self._retry_at - self._clock()))
                if wait_s > 0:
                    time.sleep(wait_s)
                    return None
                if self._clock() >= self._retry_at:
                    self._connect()
                return None
            if not self.ready:
                if self._clock() >= self._deadline:
                    raise PeerError("no ZeroMQ handshake within %g s" % HANDSHAKE_S)
                wait_s = min(wait_s, self._deadline - self._clock())
            self._transfer(wait_s)
            return self._advance()
        except (OSError, PeerError) as error:
            self.drop(str(error))
            return None

    def _connect(self):
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._state, self._deadline = "connecting", self._clock() + HANDSHAKE_S
        code = self._socket.connect_ex(self._address)
        if code not in _WAITING and code != 0:
            raise OSError(code, "cannot connect to %s:%d" % self._address)

    def _transfer(self, wait_s):
        """Waits for the socket, then reads and writes what it takes without waiting."""
        connecting = self._state == "connecting"
        writing = [self._socket] if connecting or self._out else []
        # A failed connect shows as an exceptional condition on Windows and as writable elsewhere.
        readable, writable, failed = select.select([self._socket], writing, [self._socket] if connecting else [], wait_s)
        if connecting and (writable or failed):
            code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code != 0 or failed:
                raise OSError(code, "nobody listens at %s:%d" % self._address)
            self._greet()
        elif readable and not connecting:
            self._read()
        if self._out and not connecting:
            self._write()

    def _read(self):
        try:
            data = self._socket.recv(262144)
        except BlockingIOError:
            return
        if not data:
            raise PeerError("the peer closed the connection" if self.ready else "the peer closed the connection during the handshake")
        self._in += data

    def _write(self):
        try:
            sent = self._socket.send(memoryview(self._out)[:262144].tobytes())
        except BlockingIOError:
            return
        del self._out[:sent]

    def _greet(self):
        self._out += b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
        self._state = "greeting"

    def _advance(self):
        """Reads on as far as the bytes at hand allow."""
        if self._state == "greeting" and self._read_greeting():
            self._put_command(b"READY", _metadata())
            self._state = "awaiting READY"
        while self._state.startswith("awaiting"):
            frame = self._take_frame()
            if frame is None:
                return None
            self._shake_hands(*frame)
        return self._parse() if self.ready else None

    def _read_greeting(self):
        begin = bytes(self._in[:12])
        if begin[:1] not in (b"", b"\xff") or (len(begin) >= 10 and not begin[9] & 1) or (len(begin) >= 11 and begin[10] < 3):
            raise PeerError("the peer does not speak ZMTP 3")
        if len(self._in) < _GREETING_BYTES:
            return False
        theirs = bytes(self._in[12:32]).rstrip(b"\0")
        if theirs != b"NULL":
            raise PeerError("the peer wants the mechanism %s, we have NULL: it is no agent host" % ascii(theirs.decode("latin-1")))
        del self._in[:_GREETING_BYTES]
        return True

    def _shake_hands(self, flags, body):
        name, data = _split_command(flags, body)
        if name == b"ERROR":
            raise PeerError("the peer refuses us: %s" % ascii(data[1:200].decode("latin-1")))
        if self._state == "awaiting READY" and name == b"READY":
            self._state, self._pause = "ready", RECONNECT_S[0]
            self.connections += 1
        else:
            raise PeerError("the peer sent %s in the handshake, %s" % (ascii(name[:20].decode("latin-1")), self._state))

    def _parse(self):
        """The next complete message of the bytes at hand, or None."""
        while True:
            frame = self._take_frame()
            if frame is None:
                return None
            flags, body = frame
            if flags & _COMMAND:
                name, data = _split_command(flags, body)
                if name == b"PING" and len(data) >= 2:
                    self._put_command(b"PONG", data[2:18])
                continue
            self._frames.append(body)
            self._frame_bytes += len(body)
            if len(self._frames) > MAX_FRAMES:
                raise PeerError("the peer sent a message of more than %d frames" % MAX_FRAMES)
            if not flags & _MORE:
                message, self._frames, self._frame_bytes = self._frames, [], 0
                return message

    def _take_frame(self):
        """Flags and body of the next frame, or None as long as it is not complete. A length that is too large is refused before its bytes come."""
        if len(self._in) < 2:
            return None
        flags = self._in[0]
        if flags & ~(_MORE | _LONG | _COMMAND) or (flags & _COMMAND and flags & _MORE):
            raise PeerError("the peer sent a frame with the flags 0x%02x" % flags)
        begin = 9 if flags & _LONG else 2
        if len(self._in) < begin:
            return None
        length = struct.unpack_from(">Q", self._in, 1)[0] if flags & _LONG else self._in[1]
        if length > (MAX_COMMAND_BYTES if flags & _COMMAND else MAX_MESSAGE_BYTES - self._frame_bytes):
            raise PeerError("the peer announces a frame of %d bytes, which is too large" % length)
        if len(self._in) < begin + length:
            return None
        body = bytes(self._in[begin:begin + length])
        del self._in[:begin + length]
        return flags, body

    def _put(self, flags, body):
        if len(body) > 255:
            self._out += struct.pack(">BQ", flags | _LONG, len(body))
        else:
            self._out += struct.pack(">BB", flags, len(body))
        self._out += body

    def _put_command(self, name, data):
        if len(self._out) > MAX_MESSAGE_BYTES:
            raise PeerError("the peer asks much and reads nothing")
        self._put(_COMMAND, bytes([len(name)]) + name + data)


def _metadata():
    """The properties of a socket, as READY carries them."""
    properties = b""
    for name, value in ((b"Socket-Type", b"DEALER"), (b"Identity", b"")):
        properties += bytes([len(name)]) + name + struct.pack(">I", len(value)) + value
    return properties


def _split_command(flags, body):
    if not flags & _COMMAND or not body or len(body) < 1 + body[0]:
        raise PeerError("the peer sent something that is no command where one belongs")
    return body[1:1 + body[0]], body[1 + body[0]:]
