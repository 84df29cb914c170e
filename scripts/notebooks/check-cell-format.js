const fs = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');
const { root } = require('../setup/paths');

/**
 * @typedef {import('./read-cells').Notebook} Notebook
 * @typedef {import('./read-cells').Problem} Problem
 */

/** Cells follow the rules of a TypeScript file in `notebooks`; there need not be one. */
const likeFile = path.join(root, 'notebooks', 'cell.ts');

/**
 * Finds code cells that are not formatted as the project's Prettier writes them.
 * @param {Notebook} notebook
 * @returns {Promise<Problem[]>}
 */
async function checkCellFormat({ name, cells }) {
  /** @type {Problem[]} */
  const problems = [];
  for (const { number, source } of cells) {
    try {
      const difference = firstDifference(source, await format(source));
      if (difference) problems.push({ notebook: name, cell: number, ...difference });
    } catch (error) {
      problems.push({ notebook: name, cell: number, ...unreadable(error) });
    }
  }
  return problems;
}

/**
 * Formats a notebook's code cells in its file, which is written as nbformat writes it: all else stays as it was. Cells
 * that Prettier cannot read stay too.
 * @param {Notebook} notebook its cells are changed as well
 * @returns {Promise<number>} how many cells were changed; with none the file is not touched
 */
async function formatCells({ file, json, cells }) {
  let changed = 0;
  for (const cell of cells) {
    const formatted = await format(cell.source).catch(() => cell.source);
    if (formatted === cell.source) continue;
    cell.source = formatted;
    cell.json.source = formatted.split(/(?<=\n)/);
    changed += 1;
  }
  if (changed > 0) {
    fs.writeFileSync(`${file}.new`, `${JSON.stringify(json, null, 1)}\n`);
    fs.renameSync(`${file}.new`, file);
  }
  return changed;
}

/** @param {string} source */
async function format(source) {
  const config = await prettier.resolveConfig(likeFile);
  const formatted = await prettier.format(source, { ...config, filepath: likeFile });
  // A file ends with a line break, a cell does not.
  return formatted.replace(/\n$/, '');
}

/**
 * @param {string} source
 * @param {string} formatted
 */
function firstDifference(source, formatted) {
  if (source === formatted) return undefined;
  const lines = source.split('\n');
  const wanted = formatted.split('\n');
  const index = lines.findIndex((line, at) => line !== wanted[at]);
  const at = index < 0 ? lines.length : index;
  const [got, want] = [lines[at], wanted[at]].map((line) =>
    line === undefined ? 'the end of the cell' : JSON.stringify(line),
  );
  return {
    line: at + 1,
    message: `the cell must be formatted by Prettier (--fix does it): ${want} is wanted, and got ${got}`,
  };
}

/** @param {unknown} error */
function unreadable(error) {
  const { message, loc } = /** @type {Error & { loc?: { start: { line: number } } }} */ (error);
  // Prettier adds the place and draws the line.
  const [what = ''] = message.split('\n');
  return {
    line: loc?.start.line,
    message: `Prettier must be able to read the cell, and got ${what.replace(/ \(\d+:\d+\)$/, '')}`,
  };
}

module.exports = { checkCellFormat, formatCells };
