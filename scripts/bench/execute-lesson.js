const { executeNotebook } = require('../notebooks/execute-notebook');

/**
 * Executes a notebook with the real kernel, and prints a JSON object when all cells have run.
 * usage: node execute-lesson.js TASK
 */
async function main() {
  const { lesson, target } = JSON.parse(process.argv[2] ?? '');
  let cells = 0;
  await executeNotebook(lesson, target, { watcher: { cell: (_, of) => void (cells = of) } });
  console.log(JSON.stringify({ cells }));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
