import path from 'node:path';

import { jupyterEnvironment } from '../../scripts/jupyter';
import { compiled, run } from './children';

const ROOT = path.resolve(__dirname, '../..');

/** A code cell; with `stopAfter` the Stop button is pressed as soon as the cell has printed that text. */
export interface Cell {
  source: string;
  stopAfter?: string;
}

/** An output as the notebook stores it. */
export interface CellOutput {
  output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  /** Of a stream. */
  name?: 'stdout' | 'stderr';
  text?: string;
  /** Of a display. */
  data?: Record<string, string>;
  ename?: string;
  evalue?: string;
  traceback?: string[];
  execution_count?: number | null;
}

const NOTEBOOK = `
import json, sys, threading, nbformat
from jupyter_client import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

cells = json.loads(sys.argv[1])
kernel = KernelManager(kernel_name='smile-lab')

class Client(NotebookClient):
    marker = None
    def process_message(self, msg, cell, cell_index):
        if msg['msg_type'] == 'stream' and self.marker and self.marker in msg['content']['text']:
            self.marker = None
            threading.Thread(target=kernel.interrupt_kernel).start()
        return super().process_message(msg, cell, cell_index)

nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell['source']) for cell in cells])
client = Client(nb, km=kernel, timeout=300, startup_timeout=300, coalesce_streams=True, resources={'metadata': {'path': sys.argv[2]}})
try:
    with client.setup_kernel():
        for index, cell in enumerate(cells):
            client.marker = cell.get('stopAfter')
            try:
                client.execute_cell(nb.cells[index], index)
            except CellExecutionError:
                pass
finally:
    kernel.shutdown_kernel(now=True)
print(json.dumps([cell.outputs for cell in nb.cells]))
`;

/**
 * Executes cells with the real kernel «Smile Lab (TypeScript)», through Jupyter's own client.
 *
 * @param folder the notebook's; the lessons' when left out
 * @param env variables that the kernel finds beside those of this process
 * @returns for each cell the outputs that JupyterLab would store; a cell that failed does not keep the next from running
 */
export async function executeCells(
  cells: readonly Cell[],
  folder = path.join(ROOT, 'notebooks'),
  env: NodeJS.ProcessEnv = {},
): Promise<CellOutput[][]> {
  await compiled();
  const { status, stdout, stderr } = await run(
    path.join(ROOT, '.venv/bin/python'),
    ['-c', NOTEBOOK, JSON.stringify(cells), folder],
    { env: { ...jupyterEnvironment(), ...env } },
  );
  if (status !== 0) throw new Error(`The notebook did not run: ${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as CellOutput[][];
}
