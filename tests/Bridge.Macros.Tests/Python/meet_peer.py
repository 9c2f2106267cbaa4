"""Meets a peer that is no agent host. Prints as JSON the codes, the longest call in seconds and the most memory in MB.

    meet_peer.py ENDPOINT CALLS
"""
import json
import sys
import time

try:
    import resource
except ImportError:
    resource = None     # Windows

from bridge import Bridge

bridge = Bridge(deadline_s=0.05, attempt_s=0.1, fallback_after_s=1)
codes, errors, longest = set(), set(), 0.0
for _ in range(int(sys.argv[2])):
    begun = time.monotonic()
    codes.add(bridge.connect(sys.argv[1]))
    longest = max(longest, time.monotonic() - begun)
    errors.add(str(bridge._outbox.last_error if bridge._outbox else bridge.last_fault))     # each: the last may be of an attempt cut short
print(json.dumps({
    "codes": sorted(codes), "longest_s": longest, "suggest": bridge.suggest_next_hole()[0], "open": bridge.open_session("/no/such/file.nav"),
    "error": "; ".join(sorted(errors)),
    "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0 if resource else 0}))
