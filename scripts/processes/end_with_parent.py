"""Ends a Python process when the one that has started it is gone, however that one ended.

usage: end_with_parent.py MODULE [ARGUMENT ...]   runs a module so
"""

import ctypes
import os
import runpy
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2), linux/prctl.h


def end_with_parent(parent):
    """Has the system send SIGTERM as soon as the process `parent` has ended; at once where it already has."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    end_with_parent(os.getppid())
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
