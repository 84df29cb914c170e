const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../setup/paths');

/**
 * @typedef {{ cell_type: string, source: string | string[], execution_count?: number | null, outputs?: Output[] }} Cell
 * @typedef {{ output_type: string, name?: string, text?: string | string[], data?: Record<string, unknown>,
 *   ename?: string, evalue?: string }} Output
 * @typedef {{ nbformat: number, metadata: { kernelspec?: { name?: string, display_name?: string } }, cells: Cell[] }}
 *   NotebookJson a notebook as nbformat 4 stores it, with only the parts that are used here
 *
 * @typedef {object} CodeCell
 * @property {number} number counted from 1 among the code cells, as JupyterLab's `[7]` after a run from the top
 * @property {string} source
 * @property {Cell} json the cell in the notebook's JSON
 *
 * @typedef {object} Notebook
 * @property {string} file absolute path
 * @property {string} name path from the project's root, as problems name it
 * @property {NotebookJson} json
 * @property {CodeCell[]} cells
 *
 * @typedef {{ notebook: string, cell?: number, line?: number, message: string }} Problem what a check found, and where
 */

/**
 * Reads a notebook and its code cells.
 * @param {string} file
 * @returns {Notebook}
 * @throws {Error} when the file is missing or is no notebook of nbformat 4
 */
function readCells(file) {
  const absolute = path.resolve(file);
  const fromRoot = path.relative(root, absolute);
  const name = fromRoot.startsWith('..') ? absolute : fromRoot.split(path.sep).join('/');
  const json = parse(name, readText(name, absolute));
  const cells = json.cells
    .filter((cell) => cell.cell_type === 'code')
    .map((cell, index) => ({ number: index + 1, source: joined(cell.source), json: cell }));
  return { file: absolute, name, json, cells };
}

/**
 * @param {string} name
 * @param {string} file
 */
function readText(name, file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Error(`Cannot read "${name}": a readable file is required, and got ${code}`, {
      cause: error,
    });
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {NotebookJson}
 */
function parse(name, text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new Error(`Cannot read "${name}": JSON is required, and got ${message}`, {
      cause: error,
    });
  }
  if (json?.nbformat !== 4 || !Array.isArray(json.cells)) {
    throw new Error(
      `Cannot read "${name}": a notebook of nbformat 4 is required, and got nbformat ${json?.nbformat}`,
    );
  }
  return json;
}

/**
 * A notebook's multi-line text, which nbformat stores as a list of lines or as one string.
 * @param {string | string[] | undefined} text
 */
function joined(text) {
  return Array.isArray(text) ? text.join('') : (text ?? '');
}

module.exports = { readCells, joined };
