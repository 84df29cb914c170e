#!/usr/bin/env bash
# tslab 1.0.22, the TypeScript kernel for Jupyter, and zeromq 6.8.0 below it (PyPI: jupyter-client 8.6.3).
#
# Expected, by Jupyter's messaging protocol: all that a cell prints reaches the client; a cell that throws is told by an
# `error` message and by a reply with ename, evalue and traceback; with `stop_on_error: false` the next request is run.
# Seen: of 700 lines that a cell prints in a loop the first 500 or so arrive, and nothing of what follows them, neither
# the rest nor the text of the error behind it; the reply of a failed cell has no ename, and no `error` message comes; the
# request behind it is answered «abort» without being run.
#
# Why: zeromq's 513th send without a turn of the event loop waits, the next one is refused, and tslab awaits neither.
#
#   error messages 0, ename None, next request abort, lines 477 of 700, error text False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tslab@1.0.22 zeromq@6.8.0 >&2
python3 -m venv venv
venv/bin/pip install --quiet jupyter-client==8.6.3 >&2
mkdir -p kernels/tslab
cat > kernels/tslab/kernel.json <<EOF
{"argv": ["$(command -v node)", "$folder/node_modules/tslab/bin/tslab", "kernel", "--config-path", "{connection_file}"],
 "display_name": "tslab", "language": "typescript"}
EOF
cat > client.py <<'EOF'
import sys
from queue import Empty

from jupyter_client.manager import KernelManager

manager = KernelManager(kernel_name="tslab")
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=120)


def told(wait):
    """The messages on iopub until nothing comes for some seconds."""
    messages = []
    try:
        while True:
            messages.append(client.get_iopub_msg(timeout=wait))
    except Empty:
        return messages


try:
    ids = [client.execute(code, stop_on_error=False) for code in ("throw new Error('one');", "1 + 1")]
    replies = {}
    while len(replies) < 2:
        reply = client.get_shell_msg(timeout=120)
        if reply["parent_header"].get("msg_id") in ids:
            replies[reply["parent_header"]["msg_id"]] = reply["content"]
    failed, following = (replies[id] for id in ids)
    errors = sum(message["msg_type"] == "error" for message in told(5))
    client.execute("for (let i = 0; i < 700; i++) console.log('line ' + i); throw new Error('two');")
    text = "".join(m["content"]["text"] for m in told(20) if m["msg_type"] == "stream")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
lines = text.count("line ")
print(
    f"error messages {errors}, ename {failed.get('ename')}, next request {following['status']}, "
    f"lines {lines} of 700, error text {'two' in text}"
)
refused = errors == 0 and "ename" not in failed and following["status"] == "abort"
sys.exit(0 if refused and 0 < lines < 700 and "two" not in text else 1)
EOF
JUPYTER_PATH="$folder" venv/bin/python client.py
