"""Executes cells in the kernel «Smile Lab (TypeScript)», as a client of it, and prints a JSON object: of each cell the
seconds from the request to the end, and what came meanwhile, with the time of its coming.

usage: timed_cells.py TASK
"""

import json
import subprocess
import sys
import time

from jupyter_client.manager import start_new_kernel

# A picture's title stands at its beginning; the rest of it is large.
LONGEST = 1000


def run(client, code):
    outputs = []

    def note(message):
        content = message["content"]
        data = content.get("data", {})
        text = content.get("text") or data.get("text/html") or data.get("text/plain")
        if text is not None:
            outputs.append({"at": 1000 * time.time(), "text": text[:LONGEST]})

    start = time.perf_counter()
    reply = client.execute_interactive(code, timeout=600, output_hook=note)["content"]
    seconds = time.perf_counter() - start
    if reply["status"] != "ok":
        reason = outputs[-1]["text"] if outputs else reply.get("evalue")
        raise RuntimeError(f"The cell {code!r} failed: {reason}")
    return {"seconds": seconds, "outputs": outputs}


# Node makes a pipe that it inherits non-blocking, and what is printed here would be cut off.
quiet = {"stdout": subprocess.DEVNULL}
manager, client = start_new_kernel(kernel_name="smile-lab", cwd="notebooks", **quiet)
try:
    print(json.dumps({"cells": [run(client, code) for code in json.loads(sys.argv[1])["cells"]]}))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
