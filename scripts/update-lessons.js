require('./setup/check-node');
const { afterSetUp } = require('./setup/set-up');

/** `npm run lessons:update`: executes every lesson and keeps the outputs in it; README's pictures come from there. */
afterSetUp(async () => {
  const { executeNotebook } = require('./notebooks/execute-notebook');
  const { lessons } = require('./notebooks/lessons');
  const fs = require('node:fs');
  const path = require('node:path');
  for (const lesson of lessons()) {
    const executed = path.join('executed', path.basename(lesson));
    console.error(`${lesson} …`);
    // A lesson that fails keeps the outputs that it had.
    await executeNotebook(lesson, executed);
    fs.copyFileSync(executed, `${lesson}.new`);
    fs.renameSync(`${lesson}.new`, lesson);
  }
  require('./notebooks/readme-pictures').updateReadmePictures();
});
