"""Executes a notebook with its own kernel and tells on standard output, a JSON object a line, what happens.

usage: execute_notebook.py NOTEBOOK EXECUTED_COPY SECONDS [EXPRESSION]

Events: {"cell": 3, "of": 40}, {"text": "...", "update": false}, {"html": "..."}: the beginning of what has no text,
{"error": "...", "cell": 3}, {"value": ...}, {"peak": 1.2}: the most memory that the kernel has held at once, in GB, as Linux counts it (proc(5), VmHWM).
SECONDS is how long a cell may take, 0 for no limit.
EXPRESSION is JavaScript; after the last cell the kernel evaluates it, and "value" is what it gives.
"""

import json
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

sys.path.insert(0, str(Path(__file__).parents[1] / "processes"))
from end_with_parent import end_with_parent  # noqa: E402


def tell(**event):
    print(json.dumps(event), flush=True)


class TellingClient(NotebookClient):
    def process_message(self, msg, cell, cell_index):
        content = msg.get("content", {})
        if msg["msg_type"] == "stream":
            tell(text=content["text"], update=False)
        elif msg["msg_type"] in ("display_data", "update_display_data"):
            data = content.get("data", {})
            if "text/plain" in data:
                tell(text=data["text/plain"], update=True)
            elif "text/html" in data:
                tell(html=data["text/html"][:1000])
        return super().process_message(msg, cell, cell_index)


def execute(notebook, target, seconds, expression):
    nb = nbformat.read(notebook, as_version=4)
    folder = os.path.dirname(os.path.abspath(notebook))
    client = TellingClient(
        nb, timeout=int(seconds) or None, startup_timeout=300, coalesce_streams=True, resources={"metadata": {"path": folder}}
    )
    code_cells = [i for i, cell in enumerate(nb.cells) if cell.cell_type == "code"]
    ok = True
    try:
        with client.setup_kernel():
            # As JupyterLab writes it, or opening the notebook would already count as a change.
            reply = client.wait_for_reply(client.kc.kernel_info())
            nb.metadata["language_info"] = reply["content"]["language_info"]
            for number, index in enumerate(code_cells, 1):
                tell(cell=number, of=len(code_cells))
                try:
                    client.execute_cell(nb.cells[index], index, execution_count=number)
                except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                    tell(error=reason(nb.cells[index], error), cell=number)
                    ok = False
                    break
            if ok and expression:
                tell(value=evaluate(client, expression))
            tell(peak=peak_of(client.km.provisioner.pid))
    finally:
        write_whole(nb, target)
    return ok


def peak_of(pid):
    with open(f"/proc/{pid}/status") as status:
        kilobytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e9


def reason(cell, error):
    failures = [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]
    return "\n".join(failures) or str(error)


def evaluate(client, expression):
    probe = nbformat.v4.new_code_cell(f"console.log(JSON.stringify({expression}))")
    client.nb.cells.append(probe)
    try:
        client.execute_cell(probe, len(client.nb.cells) - 1)
    finally:
        client.nb.cells.pop()
    return json.loads(probe.outputs[-1]["text"].strip().splitlines()[-1])


def write_whole(nb, target):
    for cell in nb.cells:
        # When it ran and for how long is another machine's business each time.
        cell.metadata.pop("execution", None)
    os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
    unfinished = f"{target}.{os.getpid()}"
    nbformat.write(nb, unfinished)
    os.replace(unfinished, target)


if __name__ == "__main__":
    end_with_parent(os.getppid())
    sys.exit(0 if execute(*sys.argv[1:4], *sys.argv[4:] or [None]) else 1)
