require('../setup/check-node');
const { afterSetUp } = require('../setup/set-up');

/**
 * `npm run test:cells-twice [-- NOTEBOOK…]`: runs every cell of every lesson twice in a row, as a learner does who changes
 * something or presses the keys once too often. None may fail.
 */
afterSetUp(async () => {
  const { executeChanged, runTwice } = require('../notebooks/execute-changed');
  const { lessons } = require('../notebooks/lessons');
  const given = process.argv.slice(2);
  let status = 0;
  for (const lesson of given.length > 0 ? given : lessons()) {
    try {
      await executeChanged(lesson, 'twice', runTwice);
      console.log(`${lesson}: every cell ran twice`);
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
      status = 1;
    }
  }
  return status;
});
