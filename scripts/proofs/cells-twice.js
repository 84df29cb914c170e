require('../setup/check-node');
const fs = require('node:fs');
const path = require('node:path');
const { afterSetUp } = require('../setup/set-up');

/**
 * `npm run test:cells-twice [-- NOTEBOOK…]`: runs every cell of every lesson twice in a row, as a learner does who changes
 * something or presses the keys once too often. None may fail.
 */
afterSetUp(async () => {
  const { executeNotebook } = require('../notebooks/execute-notebook');
  const { lessons } = require('../notebooks/lessons');
  const given = process.argv.slice(2);
  let status = 0;
  for (const lesson of given.length > 0 ? given : lessons()) {
    const notebook = JSON.parse(fs.readFileSync(lesson, 'utf8'));
    notebook.cells = notebook.cells.flatMap(twice);
    // In the lesson's own folder, to which its paths belong.
    const doubled = path.join(path.dirname(lesson), `.${path.basename(lesson)}`);
    fs.writeFileSync(doubled, JSON.stringify(notebook));
    try {
      const executed = path.join('executed', `twice-${path.basename(lesson)}`);
      await executeNotebook(doubled, executed, { cellSeconds: 0 });
      console.log(`${lesson}: every cell ran twice`);
    } catch (error) {
      // Cells are counted in the doubled copy: 7 and 8 are the first and the second run of the fourth.
      console.error(/** @type {Error} */ (error).message);
      status = 1;
    } finally {
      fs.rmSync(doubled);
    }
  }
  return status;
});

/** @param {{ cell_type: string, id: string }} cell */
function twice(cell) {
  return cell.cell_type === 'code' ? [cell, { ...cell, id: `${cell.id}-again` }] : [cell];
}
