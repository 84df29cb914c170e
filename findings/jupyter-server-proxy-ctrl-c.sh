#!/usr/bin/env bash
# jupyter-server-proxy 4.6.0 with simpervisor 1.0.0 and jupyter-server 2.21.1.
# Expected: whatever a server process is started for, Ctrl-C in the terminal of a Jupyter server asks
#   «Shut down this Jupyter server (y/[n])?», and its end ends its kernels.
# Seen: from the first process that jupyter-server-proxy has started on, SIGINT and SIGTERM belong to simpervisor. The server
#   ends at the first Ctrl-C, without a question and without ending its kernels:
#     before: SIGINT -> ServerApp._handle_sigint, SIGTERM -> ServerApp._signal_stop
#     after:  SIGINT -> _handle_signal, SIGTERM -> _handle_signal
# Where this concerns us: scripts/processes/jupyter_server_config.py, test/scripts/processes/endings.test.ts.
# Exits 0 while it is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jupyter-server==2.21.1 jupyter-server-proxy==4.6.0 simpervisor==1.0.0
cd "$folder"
export JUPYTER_RUNTIME_DIR="$folder/runtime" JUPYTER_CONFIG_DIR="$folder/config" JUPYTER_DATA_DIR="$folder/data"
"$folder/venv/bin/python" - <<'PY'
import asyncio
import os
import pty
import signal
import sys

from jupyter_server.serverapp import ServerApp
from simpervisor import SupervisedProcess

# A terminal, for only there Jupyter asks.
_, terminal = pty.openpty()
sys.stdin = os.fdopen(terminal)
app = ServerApp(open_browser=False, allow_root=True, port=0)
app.initialize(argv=[], new_httpserver=False)


def handlers():
    return [getattr(signal.getsignal(each), "__name__", None) for each in (signal.SIGINT, signal.SIGTERM)]


async def start_one():
    # What jupyter-server-proxy does when somebody opens a server of its list.
    process = SupervisedProcess("sleep", "sleep", "60")
    await process.start()
    seen = handlers()
    await process.kill()
    return seen


before = handlers()
after = asyncio.new_event_loop().run_until_complete(start_one())
print("before: SIGINT -> %s, SIGTERM -> %s" % tuple(before))
print("after:  SIGINT -> %s, SIGTERM -> %s" % tuple(after))
is_so = before == ["_handle_sigint", "_signal_stop"] and after == ["_handle_signal", "_handle_signal"]
sys.exit(0 if is_so else 1)
PY
