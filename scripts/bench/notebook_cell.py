"""Times cells in the kernel «Smile Lab (TypeScript)», from the request to the end, and prints a JSON object.

usage: notebook_cell.py TASK
"""

import json
import sys
import time

from jupyter_client.manager import start_new_kernel

IMPORT = "import { stopAtAccuracy } from 'smile-lab';"
# A helper of lesson 1 that computes next to nothing, so that the time is the kernel's; another name each time, as in a
# notebook that grows.
CELL = "const stop{0} = stopAtAccuracy(0.9{0});"


def run(client, code):
    start = time.perf_counter()
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
    seconds = time.perf_counter() - start
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"The cell {code!r} failed: {reply['content'].get('evalue')}")
    return seconds


def main(cells):
    manager, client = start_new_kernel(kernel_name="smile-lab", cwd="notebooks")
    try:
        run(client, IMPORT)
        first = run(client, CELL.format(1))
        seconds = [run(client, CELL.format(number)) for number in range(2, cells + 2)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    print(json.dumps({"first": first, "seconds": seconds}))


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
