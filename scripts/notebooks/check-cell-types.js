const { fork } = require('node:child_process');
const path = require('node:path');
const { root } = require('../setup/paths');

/**
 * @typedef {import('./read-cells').Notebook} Notebook
 * @typedef {import('./read-cells').Problem} Problem
 * @typedef {import('./convert-cells').Finding} Finding
 */

/**
 * Type-checks code cells with the TypeScript and the options that tslab runs them with, imports with their real types,
 * and holds them against `strict`. After a rejected cell, names that are not found are not reported: it may
 * have declared them.
 * @param {Notebook[]} notebooks
 * @returns {Promise<Problem[]>}
 * @throws {Error} when tslab's converter itself fails
 */
async function checkCellTypes(notebooks) {
  /** @type {Map<string, Notebook[]>} */
  const byFolder = new Map();
  for (const notebook of notebooks) {
    const folder = path.dirname(notebook.file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), notebook]);
  }
  const problems = [];
  for (const [folder, inFolder] of byFolder) {
    // What the kernel rejects, strict rejects too; so the kernel is asked only about what strict has found.
    const strict = await convertCells(folder, inFolder, 'strict');
    const asKernel = strict.length === 0 ? [] : await convertCells(folder, inFolder);
    for (const [index, notebook] of inFolder.entries()) {
      /** @type {(finding: Finding) => boolean} */
      const isOwn = (finding) => finding.notebook === index;
      // Where the kernel rejects a cell, strict would say the same again.
      const own = asKernel.some(isOwn)
        ? asKernel.filter(isOwn)
        : strict
            .filter(isOwn)
            .map((one) => ({ ...one, message: `${one.message} (in "strict" only)` }));
      problems.push(...own.map((finding) => problem(notebook, finding)));
    }
  }
  return problems;
}

/**
 * @param {string} folder the kernel's current folder, where imports are resolved from
 * @param {Notebook[]} notebooks
 * @param {'strict'[]} options
 * @returns {Promise<Finding[]>}
 */
function convertCells(folder, notebooks, ...options) {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, 'convert-cells.js'), options, {
      cwd: folder,
      execArgv: [],
      // The compiler's own remarks go to standard output.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('message', (findings) => resolve(/** @type {Finding[]} */ (findings)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const names = notebooks.map(({ name }) => name).join(', ');
      const end = stderr.trim() || `its end with ${signal ?? `exit status ${code}`}`;
      reject(
        new Error(`Cannot type-check ${names}: tslab's converter must answer, and got ${end}`),
      );
    });
    child.send(notebooks.map(({ cells }) => cells.map(({ source }) => source)));
  });
}

/**
 * @param {Notebook} notebook
 * @param {Finding} finding
 * @returns {Problem}
 */
function problem({ name, cells }, { cell, line, file, message }) {
  const told = message.replaceAll(`${root}/`, '');
  const place = { notebook: name, cell: cells[cell]?.number };
  if (file) return { ...place, message: `in the imported ${file}, line ${line + 1}: ${told}` };
  return { ...place, line: line + 1, message: told };
}

module.exports = { checkCellTypes };
