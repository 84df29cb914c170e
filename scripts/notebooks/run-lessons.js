const path = require('node:path');
const { executeNotebook } = require('./execute-notebook');
const { lessons } = require('./lessons');

/** Executes every lesson with the real kernel and tells its time; fails when a cell fails. */
async function main() {
  for (const lesson of lessons()) {
    const executed = path.join('executed', path.basename(lesson));
    const start = Date.now();
    try {
      await executeNotebook(lesson, executed);
      console.log(`${lesson}: every cell ran, ${((Date.now() - start) / 1000).toFixed(1)} s`);
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
      process.exitCode = 1;
    }
  }
}

main();
