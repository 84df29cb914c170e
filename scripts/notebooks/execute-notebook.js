const { spawn } = require('node:child_process');
const path = require('node:path');
const readline = require('node:readline');
const { jupyterEnvironment } = require('../jupyter');
const { python, root } = require('../setup/paths');

/**
 * @typedef {object} Watcher what may be done while the notebook runs
 * @property {(cell: number, of: number) => void} [cell] a cell begins; counted from 1
 * @property {(text: string, inPlace: boolean) => void} [text] a cell printed something
 * @property {(html: string) => void} [html] a cell shows something without a text; its first 1,000 characters
 * @property {(gigabytes: number) => void} [peak] the most memory that the kernel has held at once, told at the end
 */

/**
 * Executes a notebook with the project's kernel, in the notebook's folder, as JupyterLab does.
 * @param {string} notebook path, from the project's root
 * @param {string} target where the executed copy is written, also when a cell failed
 * @param {{ expression?: string, watcher?: Watcher, cellSeconds?: number }} [options] expression: JavaScript that the
 *   kernel evaluates last; cellSeconds: how long a cell may take, 0 for no limit, 600 when left out
 * @returns {Promise<any>} the expression's value
 * @throws {Error} that names the cell and the reason when one fails
 */
async function executeNotebook(notebook, target, options = {}) {
  const { expression, watcher = {}, cellSeconds = 600 } = options;
  const script = path.join(__dirname, 'execute_notebook.py');
  const args = [notebook, target, String(cellSeconds), ...(expression ? [expression] : [])];
  const child = spawn(python, [script, ...args], {
    cwd: root,
    env: jupyterEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const closed = new Promise((resolve) => child.on('close', resolve));

  let value;
  let failure;
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if ('error' in event) failure = `cell ${event.cell}: ${event.error}`;
    else if ('of' in event) watcher.cell?.(event.cell, event.of);
    else if ('text' in event) watcher.text?.(event.text, event.update);
    else if ('html' in event) watcher.html?.(event.html);
    else if ('peak' in event) watcher.peak?.(event.peak);
    else if ('value' in event) value = event.value;
  }
  const status = await closed;
  if (failure) throw new Error(`Cannot execute ${notebook}, ${failure}`);
  if (status !== 0) {
    throw new Error(`Cannot execute ${notebook}: ${stderr.trim().split('\n').at(-1)}`);
  }
  return value;
}

module.exports = { executeNotebook };
