"""What our Jupyter does otherwise, read by it when it starts, also behind a JupyterHub. The set-up lays it into `.venv`."""

import os
import signal
import sys

import simpervisor.atexitasync

c = get_config()  # noqa: F821, Jupyter gives it

# A kernel whose notebook is closed ends after an hour without work; 0 is never. One whose notebook is open stays.
c.MappingKernelManager.cull_idle_timeout = 3600
c.MappingKernelManager.cull_interval = 60

# jupyter-server-proxy starts the dashboard by simpervisor 1.0, which then takes SIGINT and SIGTERM for itself: Jupyter
# would end at the first Ctrl-C without a question and leave its kernels behind. The dashboard ends with Jupyter by itself.
simpervisor.atexitasync.signal_handler_set = True

# `npm run lab` names itself: its Jupyter ends with it. A hub's does not, for it outlives a restart of the hub.
if os.environ.get("SMILE_LAB_END_WITH") == str(os.getppid()):
    sys.path.insert(0, os.environ["SMILE_LAB_PROCESSES"])
    from end_with_parent import end_with_parent

    end_with_parent(os.getppid())

# Read by the dashboard, whose parent this process is.
os.environ["SMILE_LAB_JUPYTER"] = str(os.getpid())

# A terminal's window that is closed ends Jupyter as an order to end does: kernels first. `nohup` is heeded.
if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
