const { chooseDevice } = require('./device');
const { SetUpError } = require('./set-up-error');
const { withLock } = require('./lock');
const { explain } = require('./run-command');

const steps = [
  require('./node-packages'),
  require('./python-environment'),
  require('./native-addon'),
  require('./library'),
  require('./kernelspec'),
];

/**
 * Does what is missing for lessons, tests and the terminal to run, and nothing where all is there. What it says goes
 * to standard error, since standard output belongs to the command.
 * @throws {SetUpError} with the step's name, the cause and the cure
 */
async function setUp() {
  const { device, reason } = chooseDevice();
  if (steps.every((step) => step.isDone())) return;
  await withLock(async () => {
    say(`Setting up Smile Lab for the ${device === 'gpu' ? 'GPU' : 'CPU'}: ${reason}.`);
    for (const [index, step] of steps.entries()) {
      if (step.isDone()) continue;
      say(`  ${index + 1}/${steps.length} ${step.name} …`);
      const start = Date.now();
      try {
        await step.run();
      } catch (error) {
        throw named(step.name, error);
      }
      say(
        `  ${index + 1}/${steps.length} ${step.name}: ${Math.round((Date.now() - start) / 1000)} s`,
      );
    }
  });
}

/**
 * @param {string} step
 * @param {unknown} error
 */
function named(step, error) {
  const told = error instanceof SetUpError ? error : explain(step, String(error));
  return new SetUpError(`Set-up stopped at "${step}". ${told.message}`, told.cure);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Sets up, then does a command's work; a failure ends the process with its sentence and cure, never with a stack.
 * @param {() => Promise<number | void>} work returns the exit status, 0 where it returns none
 */
async function afterSetUp(work) {
  try {
    await setUp();
  } catch (error) {
    const told = error instanceof SetUpError ? error : explain('set-up', String(error));
    say(`${told.message}.\n${told.cure}`);
    process.exitCode = 1;
    return;
  }
  process.exitCode = (await work()) ?? 0;
}

module.exports = { setUp, afterSetUp, steps };
