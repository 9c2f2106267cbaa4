#!Python
"""Tells the agent host the CTF of the hole just taken. For SerialEM's Python, patterns B and C.

Purpose:  the script to run after the action in Acquire at Items, with the image in buffer A.
Needs:    as serialem_collect.py; a session opened by serialem_gate.py or serialem_batch.py.
Changes:  nothing at the microscope.
Ends:     after one report.
"""
import os
import sys

sys.path.insert(0, os.environ.get("BRIDGE_PYTHON") or os.path.dirname(os.path.abspath(globals().get("__file__", "bridge.py"))))
from bridge import Bridge
from serialem_session import SerialEMSession

DEFOCUS_UM = (-0.3, -4)     # range for the CTF fit
LIMIT_UM = 900              # as in the script that opened the session


def main():
    import serialem as sem
    sem.NoMessageBoxOnError(1)
    session = SerialEMSession(sem)
    if session.open(None, LIMIT_UM, Bridge.AUTO, resume=True) > 0:
        session.report_ctf(int(sem.ReportNavItem()[0]), *DEFOCUS_UM)
    session.bridge.close()


# SerialEM runs the script under a name of its own, so there is no test for __main__ here.
main()
