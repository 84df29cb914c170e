require('../setup/check-node');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { root } = require('../setup/paths');
const { checkCellFormat, formatCells } = require('./check-cell-format');
const { checkCellLint } = require('./check-cell-lint');
const { checkCellTypes } = require('./check-cell-types');
const { checkOutputs } = require('./check-outputs');
const { lessons } = require('./lessons');
const { readCells } = require('./read-cells');

/**
 * @typedef {import('./read-cells').Notebook} Notebook
 * @typedef {import('./read-cells').Problem} Problem
 */

const usage = `Usage: node scripts/notebooks/check-notebooks.js [--fix] [NOTEBOOK…]

Checks types, format and lint of the code cells and the committed outputs; without names those of all lessons.
  --fix  first format the cells with Prettier, in place`;

/**
 * All that is checked of notebooks without running them.
 * @param {Notebook[]} notebooks
 * @returns {Promise<Problem[]>} in the order of the notebooks' cells
 */
async function findProblems(notebooks) {
  const found = await Promise.all([
    checkCellTypes(notebooks),
    ...notebooks.flatMap((notebook) => [checkCellFormat(notebook), checkCellLint(notebook)]),
    ...notebooks.map(checkOutputs),
  ]);
  const order = notebooks.map(({ name }) => name);
  return found
    .flat()
    .sort(
      (a, b) =>
        order.indexOf(a.notebook) - order.indexOf(b.notebook) ||
        (a.cell ?? 0) - (b.cell ?? 0) ||
        (a.line ?? 0) - (b.line ?? 0),
    );
}

/** @param {Problem} problem */
function describe({ notebook, cell, line, message }) {
  const place = [notebook, cell && `cell ${cell}`, line && `line ${line}`];
  return `${place.filter(Boolean).join(', ')}: ${message}`;
}

/**
 * @param {number} number
 * @param {string} noun
 */
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The lessons' files; none where their folder is missing. */
function allLessons() {
  try {
    return lessons().map((lesson) => path.join(root, lesson));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}

/** @param {string[]} args */
async function main(args) {
  let options;
  try {
    options = parseArgs({ args, options: { fix: { type: 'boolean' } }, allowPositionals: true });
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${usage}`);
    return 2;
  }
  const { values, positionals } = options;
  const files = positionals.length > 0 ? positionals : allLessons();
  if (files.length === 0) {
    throw new Error(
      'Cannot check notebooks: at least one .ipynb in "notebooks" is required, and got none',
    );
  }
  const notebooks = files.map(readCells);
  if (values.fix) {
    for (const notebook of notebooks) {
      const changed = await formatCells(notebook);
      if (changed > 0) console.log(`${notebook.name}: ${count(changed, 'cell')} formatted`);
    }
  }
  const problems = await findProblems(notebooks);
  for (const problem of problems) console.log(describe(problem));
  const cells = notebooks.reduce((sum, notebook) => sum + notebook.cells.length, 0);
  const checked = `${count(notebooks.length, 'notebook')}, ${count(cells, 'code cell')}`;
  console.log(`${checked}: ${count(problems.length, 'problem')}`);
  return problems.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (status) => (process.exitCode = status),
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
