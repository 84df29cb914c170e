const os = require('node:os');
const path = require('node:path');
const { executeNotebook } = require('./execute-notebook');
const { lessons } = require('./lessons');
const { memoryProblem } = require('./most-memory');

/** Much of a lesson's time goes into compiling its cells, for which one processor is enough. */
const AT_ONCE = 2;

/**
 * Executes every lesson with the real kernel and tells its time and its kernel's memory; fails when a cell fails, and when
 * on the CPU the kernel held more memory than was promised.
 */
async function main() {
  // The kernels share the cores: more threads of TensorFlow than these only wait for each other.
  const threads = Math.max(1, Math.floor(os.cpus().length / AT_ONCE));
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(threads);
  const waiting = lessons();
  const runWaiting = async () => {
    for (let lesson = waiting.shift(); lesson; lesson = waiting.shift()) await runLesson(lesson);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runWaiting));
}

/** @param {string} lesson */
async function runLesson(lesson) {
  const executed = path.join('executed', path.basename(lesson));
  const start = Date.now();
  try {
    let most = NaN;
    /** @param {number} gigabytes */
    const peak = (gigabytes) => (most = gigabytes);
    const kind = await executeNotebook(lesson, executed, {
      expression: 'trainingDevice().kind',
      watcher: { peak },
    });
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    console.log(`${lesson}: every cell ran, ${seconds} s, ${most.toFixed(2)} GB of memory at most`);
    const problem = memoryProblem(lesson, most);
    // With a GPU its driver and libraries come on top.
    if (kind === 'cpu' && problem) throw new Error(problem);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}

main();
