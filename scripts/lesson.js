require('./setup/check-node');
const path = require('node:path');
const { lessons } = require('./notebooks/lessons');
const { afterSetUp } = require('./setup/set-up');

/**
 * @typedef {object} Judgement
 * @property {boolean} reached
 * @property {string} sentence
 */

/**
 * What a lesson leaves in its kernel, as JavaScript, and how that is judged. Of any other it is told that every cell ran.
 * @type {Record<string, { outcome: string, judge: (left: any) => Judgement }>}
 */
const judged = {
  '01-happy-or-sad.ipynb': {
    outcome: "({ accuracy: history.history['acc'], seconds: trainingSeconds })",
    judge: ({ accuracy, seconds }) => {
      const last = accuracy.at(-1);
      const reached = last >= 0.999;
      const start = reached ? 'Reached' : 'Did not reach 99.9 %, only';
      const at = `at epoch ${accuracy.length} in ${seconds.toFixed(1)} s`;
      return { reached, sentence: `${start} ${percent(last)} accuracy ${at}` };
    },
  },
  '02-emotions.ipynb': {
    outcome: '({ training: figures.accuracy, test: result.accuracy, count: result.count })',
    judge: ({ training, test, count }) => {
      const right = `${Math.round(test * count)} of ${count} test pictures right`;
      return { reached: true, sentence: `Training accuracy ${percent(training)}, ${right}` };
    },
  },
};

const unjudged = {
  outcome: '({})',
  judge: () => ({ reached: true, sentence: 'Every cell ran' }),
};

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** `npm run lesson [-- NUMBER]`: a lesson, the first one by default, from its first cell to its last; exit status 0 only if it got there, and lesson 1 to 99.9 %. */
afterSetUp(async () => {
  const [, , number = '1', ...more] = process.argv;
  const numbered = new Map(lessons().map((file) => [numberOf(file), file]));
  const notebook = numbered.get(number);
  if (notebook === undefined || more.length > 0) {
    const known = [...numbered.keys()].join(', ');
    console.error(
      `Usage: npm run lesson [-- NUMBER], one of ${known}; got ${process.argv.slice(2).join(' ')}`,
    );
    return 2;
  }
  const { executeNotebook } = require('./notebooks/execute-notebook');
  const screen = progressScreen(number);
  const executed = path.join('executed', path.basename(notebook));
  const { outcome, judge } = judged[path.basename(notebook)] || unjudged;
  let left;
  try {
    left = await executeNotebook(notebook, executed, {
      expression: `({ ...${outcome}, device: require('smile-lab').trainingDevice() })`,
      watcher: screen,
    });
  } catch (error) {
    screen.end();
    console.error(/** @type {Error} */ (error).message);
    return 1;
  }
  screen.end();
  const { kind, tensorflow } = left.device;
  const device =
    kind === 'webgpu' ? 'WebGPU' : `the ${kind.toUpperCase()} with TensorFlow ${tensorflow}`;
  const { reached, sentence } = judge(left);
  console.log(`${sentence} on ${device}; executed copy: ${executed}`);
  return reached ? 0 : 1;
});

/**
 * The number with which a lesson's file begins, without zeros before it.
 * @param {string} file
 */
function numberOf(file) {
  return String(Number.parseInt(path.basename(file), 10));
}

/**
 * Tells on standard error which cell runs and how the training goes: in a terminal in place, elsewhere line by line.
 * @param {string} number the lesson's
 */
function progressScreen(number) {
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
        show(`Lesson ${number}: ${isTTY ? `cell ${cell} of ${of}` : `${of} cells`} …`);
    },
    /** @param {string} text @param {boolean} inPlace */
    text: (text, inPlace) => {
      const line = text.trimEnd().split('\n').at(-1) || '';
      // In a log only finished epochs are worth a line.
      if (inPlace && /(^| · )Epoch /.test(line) && (isTTY || !line.includes('left'))) show(line);
    },
    end: () => {
      if (isTTY) process.stderr.write('\r\x1b[2K');
    },
  };
}
