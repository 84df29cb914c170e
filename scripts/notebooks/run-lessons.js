const path = require('node:path');
const { executeNotebook } = require('./execute-notebook');
const { lessons } = require('./lessons');

/** Executes every lesson with the real kernel and tells its time and its kernel's memory; fails when a cell fails. */
async function main() {
  for (const lesson of lessons()) {
    const executed = path.join('executed', path.basename(lesson));
    const start = Date.now();
    try {
      let memory = '';
      /** @param {number} gigabytes */
      const peak = (gigabytes) => (memory = `${gigabytes.toFixed(2)} GB of memory at most`);
      await executeNotebook(lesson, executed, { watcher: { peak } });
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      console.log(`${lesson}: every cell ran, ${seconds} s, ${memory}`);
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
      process.exitCode = 1;
    }
  }
}

main();
