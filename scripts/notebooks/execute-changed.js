const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../setup/paths');
const { executeNotebook } = require('./execute-notebook');
const { joined } = require('./read-cells');

/** @typedef {{ cells: Array<{ cell_type: string, id: string, source: string | string[] }> }} NotebookJson */

/**
 * Executes a changed copy of a lesson with the project's kernel, in a folder laid out as the project is: the pictures are
 * found, and what the copy saves lies nowhere near a learner's models. The executed copy is kept in `executed`.
 * @param {string} lesson path, from the project's root
 * @param {string} name what the executed copy's name begins with
 * @param {(notebook: NotebookJson) => void} change
 * @returns {Promise<void>}
 * @throws {Error} that names the cell and the reason when one fails; cells are counted in the copy
 */
async function executeChanged(lesson, name, change) {
  const notebook = JSON.parse(fs.readFileSync(path.join(root, lesson), 'utf8'));
  change(notebook);
  const project = path.join('executed', `${name}-${process.pid}`);
  const changed = path.join(project, lesson);
  try {
    fs.mkdirSync(path.join(root, path.dirname(changed)), { recursive: true });
    fs.symlinkSync(path.join(root, 'data'), path.join(root, project, 'data'));
    fs.writeFileSync(path.join(root, changed), JSON.stringify(notebook));
    const executed = path.join('executed', `${name}-${path.basename(lesson)}`);
    await executeNotebook(changed, executed, { cellSeconds: 0 });
  } finally {
    fs.rmSync(path.join(root, project), { recursive: true, force: true });
  }
}

/**
 * Lets every cell be run twice in a row: the first and the second run of the fourth cell are cells 7 and 8.
 * @param {NotebookJson} notebook
 */
function runTwice(notebook) {
  notebook.cells = notebook.cells.flatMap((cell) =>
    cell.cell_type === 'code' ? [cell, { ...cell, id: `${cell.id}-again` }] : [cell],
  );
}

/**
 * Replaces the values of constants, each of which stands in a line of its own.
 * @param {NotebookJson} notebook
 * @param {Record<string, string>} constants a constant's name, and the code of its value
 * @throws {Error} when a constant is not there
 */
function setConstants(notebook, constants) {
  const cell = notebook.cells.find(
    ({ cell_type, source }) => cell_type === 'code' && /^const SEED = /m.test(joined(source)),
  );
  if (!cell) throw new Error('Cannot find the cell with the constants: none begins with SEED');
  for (const [name, value] of Object.entries(constants)) {
    const line = new RegExp(`^(const ${name}\\b[^=\\n]*= )[^;\\n]*;`, 'm');
    const source = joined(cell.source);
    if (!line.test(source))
      throw new Error(`Cannot change ${name}: the lesson has no such constant`);
    cell.source = source.replace(line, (_, start) => `${start}${value};`);
  }
}

module.exports = { executeChanged, runTwice, setConstants };
