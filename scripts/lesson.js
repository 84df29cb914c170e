require('./setup/check-node');
const path = require('node:path');
const { afterSetUp } = require('./setup/set-up');

const notebook = path.join('notebooks', '01-happy-or-sad.ipynb');
const executed = path.join('executed', '01-happy-or-sad.ipynb');

/** What the lesson leaves in its kernel: the training's history and the device. */
const outcome = `({
  accuracy: history.history['acc'],
  seconds: trainingSeconds,
  device: trainingDevice().kind,
  tensorflow: trainingDevice().tensorflow,
})`;

/** `npm run lesson`: lesson 1 from the first cell to the last; exit status 0 only if 99.9 % was reached. */
afterSetUp(async () => {
  const { executeNotebook } = require('./notebooks/execute-notebook');
  const screen = progressScreen();
  let result;
  try {
    result = await executeNotebook(notebook, executed, { expression: outcome, watcher: screen });
  } catch (error) {
    screen.end();
    console.error(/** @type {Error} */ (error).message);
    return 1;
  }
  screen.end();
  const { accuracy, seconds, device, tensorflow } = result;
  const last = accuracy.at(-1);
  const reached = last >= 0.999;
  console.log(
    `${reached ? 'Reached' : 'Did not reach 99.9 %, only'} ${(100 * last).toFixed(1)} % accuracy ` +
      `at epoch ${accuracy.length} in ${seconds.toFixed(1)} s on ` +
      (device === 'webgpu'
        ? 'WebGPU'
        : `the ${device.toUpperCase()} with TensorFlow ${tensorflow}`) +
      `; executed copy: ${executed}`,
  );
  return reached ? 0 : 1;
});

/** Tells on standard error which cell runs and how the training goes: in a terminal in place, elsewhere line by line. */
function progressScreen() {
  const { isTTY } = process.stderr;
  let told = '';
  /** @param {string} text */
  const show = (text) => {
    if (text === told) return;
    told = text;
    process.stderr.write(
      isTTY ? `\r\x1b[2K${text.slice(0, process.stderr.columns - 1)}` : `${text}\n`,
    );
  };
  return {
    /** @param {number} cell @param {number} of */
    cell: (cell, of) => {
      if (isTTY || cell === 1)
        show(`Lesson 1: ${isTTY ? `cell ${cell} of ${of}` : `${of} cells`} …`);
    },
    /** @param {string} text @param {boolean} inPlace */
    text: (text, inPlace) => {
      const line = text.trimEnd().split('\n').at(-1) || '';
      // In a log only finished epochs are worth a line.
      if (inPlace && line.startsWith('Epoch') && (isTTY || !line.includes('left'))) show(line);
    },
    end: () => {
      if (isTTY) process.stderr.write('\r\x1b[2K');
    },
  };
}
