"""How a client and the agent host show each other that they know this user's secret, without sending it (plugin/README.md, Connect).

    proof = Proof(secret, port)
    frames = proof.begin()                      # send these, and hand what comes back to
    frames = proof.take(answer)                 # ... until proof.done; None: nothing to send

For one connection, whatever carries the frames: bridge_zmtp.py, or pyzmq as in collect.py. A client that lost its connection makes a new
Proof for the next one: who listens now may be another program. Needs Python 3.4 or newer and no package.
"""
import binascii
import hashlib
import hmac
import json
import os
import uuid

PROTOCOL = b"bridge/1"
NO_SECRET = "none"
_DIGITS = 64


class ProofError(Exception):
    """Whoever answers is not the host, or the host does not believe us."""


class Proof(object):
    def __init__(self, secret, port):
        self._secret, self._port = secret.encode("utf-8"), port
        self._nonce = binascii.hexlify(os.urandom(_DIGITS // 2)).decode("ascii")
        self._asked = None          # request id under way
        self.done = False

    def begin(self):
        """The frames of the first request."""
        return self._request("hello", client="python", nonce=self._nonce)

    def take(self, frames):
        """Takes a message of the host. Returns the frames to send next, or None. Raises ProofError."""
        if self.done or len(frames) < 4 or frames[0] != PROTOCOL or frames[2] != self._asked:
            return None             # not an answer to us
        fields = _fields(frames[3])
        if frames[1] == b"challenge":
            theirs, proof = fields.get("nonce"), fields.get("proof")
            if not _is_digits(theirs) or not _is_digits(proof) or not hmac.compare_digest(proof, self._of("host", theirs)):
                raise ProofError(_NOT_THE_HOST)
            return self._request("prove", nonce=self._nonce, proof=self._of("client", theirs))
        if frames[1] == b"fault":
            raise ProofError("the host refuses us: %s" % str(fields.get("message", ""))[:500])
        if frames[1] != b"welcome" or self._state != "prove":
            raise ProofError(_NOT_THE_HOST)
        self.done = True
        return None

    def _request(self, message_type, **fields):
        self._state, self._asked = message_type, uuid.uuid4().hex.encode("ascii")
        return [PROTOCOL, message_type.encode("ascii"), self._asked, json.dumps(fields, sort_keys=True).encode("ascii")]

    def _of(self, side, theirs):
        text = "%s %s %d %s %s" % (PROTOCOL.decode("ascii"), side, self._port, self._nonce, theirs)
        return hmac.new(self._secret, text.encode("ascii"), hashlib.sha256).hexdigest()


def secret_file():
    """Where this user's secret is: BRIDGE_SECRET_FILE, else the file in the data folder. None if BRIDGE_SECRET_FILE is none."""
    path = os.environ.get("BRIDGE_SECRET_FILE") or os.path.join(data_folder(), "secret")
    return None if path == NO_SECRET else path


def read_secret(path):
    """The secret in a file; None for None. Raises ValueError with what to do."""
    if path is None:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            secret = file.read(1024).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError("the secret cannot be read (the host makes it when it first starts; BRIDGE_SECRET_FILE=none for a host that asks for none): %s" % error)
    if not 0 < len(secret.encode("utf-8")) < 256:
        raise ValueError("the secret in %s must have 1 to 255 bytes" % path)
    return secret


def data_folder():
    """The folder of plugin and host: BRIDGE_DATA_FOLDER, else Bridge in this user's local application data."""
    local = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME") or os.path.expanduser(os.path.join("~", ".local", "share"))
    return os.environ.get("BRIDGE_DATA_FOLDER") or os.path.join(local, "Bridge")


_NOT_THE_HOST = "what answers does not prove that it knows this user's secret: another user's host or another program, or a host with another secret"


def _is_digits(text):
    return isinstance(text, str) and len(text) == _DIGITS and not text.strip("0123456789abcdef")


def _fields(body):
    try:
        fields = json.loads(body.decode("utf-8")) if len(body) <= 65536 else None
    except (ValueError, RuntimeError):
        fields = None
    return fields if isinstance(fields, dict) else {}
