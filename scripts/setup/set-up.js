const { endWithParent } = require('../processes/end-with-parent');
const { chooseDevice } = require('./device');
const { SetUpError } = require('./set-up-error');
const { withLock } = require('./lock');
const { explain } = require('./run-command');

/**
 * `check` tells what a person has to install before a step can run.
 * @typedef {{ name: string, isDone: () => boolean, check?: () => unknown, run: () => Promise<void> }} Step
 */

/**
 * One round after the other; the steps of a round need nothing of each other and run side by side.
 * @type {Step[][]}
 */
const rounds = [
  [require('./node-packages'), require('./python-environment')],
  [require('./pretrained-weights'), require('./native-addon'), require('./library')],
  [require('./kernelspec')],
];
const steps = rounds.flat();

/** What a command needs to tell how it is used, whatever trains. */
const roundsForHelp = [[require('./node-packages')], [require('./library')]];

const targets = { cpu: 'the CPU', gpu: 'the GPU', webgpu: 'WebGPU' };

/**
 * Does what is missing for lessons, tests and the terminal to run, and nothing where all is there. What it says goes
 * to standard error, since standard output belongs to the command.
 * @throws {SetUpError} with the step's name, the cause and the cure
 */
async function setUp() {
  const { device, reason } = chooseDevice();
  await doRounds(rounds, `Setting up Smile Lab for ${targets[device]}: ${reason}.`);
}

/**
 * @param {Step[][]} rounds
 * @param {string} beginning said where one of their steps is missing
 */
async function doRounds(rounds, beginning) {
  const steps = rounds.flat();
  const isReady = () => steps.every((step) => step.isDone());
  if (isReady()) return;
  await withLock(async () => {
    // Another command may have done it while this one waited for the lock.
    if (isReady()) return;
    say(beginning);
    // Whoever has to install something first hears of it before gigabytes are downloaded.
    for (const step of steps.filter((step) => !step.isDone())) await named(step.name, step.check);
    for (const round of rounds) {
      const missing = round.filter((step) => !step.isDone());
      const doing = missing.map((step) =>
        doStep(step, `${steps.indexOf(step) + 1}/${steps.length}`),
      );
      // All of them end before a failure is told: none goes on behind it.
      await Promise.allSettled(doing);
      await Promise.all(doing);
    }
  });
}

/**
 * @param {Step} step
 * @param {string} position
 */
async function doStep(step, position) {
  const title = `  ${position} ${step.name}`;
  say(`${title} …`);
  const start = Date.now();
  await named(step.name, step.run);
  say(`${title}: ${Math.round((Date.now() - start) / 1000)} s`);
}

/**
 * Does a part of a step; its failure tells the step's name.
 * @param {string} step
 * @param {(() => unknown) | undefined} part
 */
async function named(step, part) {
  try {
    await part?.();
  } catch (error) {
    const { message, cure } = asSetUpError(step, error);
    throw new SetUpError(`Set-up stopped at "${step}". ${message}`, cure);
  }
}

/**
 * @param {string} doing
 * @param {unknown} error
 */
function asSetUpError(doing, error) {
  return error instanceof SetUpError ? error : explain(doing, String(error));
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Sets up, then does a command's work; a failure ends the process with its sentence and cure, never with a stack.
 * @param {() => Promise<number | void>} work returns the exit status, 0 where it returns none
 * @param {{ isHelp?: boolean }} [options] isHelp: the work only tells how the command is used, which needs no device
 */
async function afterSetUp(work, { isHelp = false } = {}) {
  // npm passes on what asks it to end, but not when it is killed, or its terminal is closed.
  if (process.env['npm_lifecycle_event'] !== undefined) {
    endWithParent(() => process.kill(process.pid, 'SIGTERM'));
    // What this process starts has another parent, and may be meant to outlive it.
    delete process.env['npm_lifecycle_event'];
  }
  try {
    await (isHelp ? doRounds(roundsForHelp, 'Setting up the commands of Smile Lab.') : setUp());
  } catch (error) {
    const { message, cure } = asSetUpError('set-up', error);
    say(`${message}.\n${cure}`);
    process.exitCode = 1;
    return;
  }
  process.exitCode = (await work()) ?? 0;
}

module.exports = { setUp, afterSetUp, steps };
