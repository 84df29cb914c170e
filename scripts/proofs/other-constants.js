require('../setup/check-node');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { afterSetUp } = require('../setup/set-up');

/**
 * `npm run test:constants [-- NUMBER…]`: executes each lesson with other values in the cell whose text says that
 * everything below follows it, and with a learner's own folder. Every cell must run. A number is that of a lesson.
 */
afterSetUp(async () => {
  const { executeChanged, setConstants } = require('../notebooks/execute-changed');
  const { lessons } = require('../notebooks/lessons');
  const { otherConstants } = require('../notebooks/other-constants');
  const own = fs.mkdtempSync(path.join(os.tmpdir(), 'smile-lab-constants-'));
  const given = process.argv.slice(2).map(Number);
  let status = 0;
  try {
    const constants = otherConstants(own);
    for (const [i, lesson] of lessons().entries()) {
      if (given.length > 0 && !given.includes(i + 1)) continue;
      try {
        await executeChanged(lesson, 'constants', (notebook) =>
          setConstants(notebook, constants[i] ?? {}),
        );
        console.log(`${lesson}: every cell ran with other constants`);
      } catch (error) {
        console.error(/** @type {Error} */ (error).message);
        status = 1;
      }
    }
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
  return status;
});
