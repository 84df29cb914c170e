require('../setup/check-node');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { loadLibrary } = require('../load-library');
const { python, root } = require('../setup/paths');
const { afterSetUp } = require('../setup/set-up');

const EPOCHS = 20;
const SEEDS = 5;
const data = path.join(root, 'data', 'emotions');

/**
 * @typedef {{ train: number, validation: number, test: number, seconds: number }} Reached accuracies in 0–1
 * @typedef {{ seed: number, ours: Reached, keras: Reached }} Row
 */

/**
 * `npm run test:emotions`: the emotion network on data/emotions, with Smile Lab and with Keras, on the same split for each
 * seed, 20 epochs, last weights. Ours must reach 100 % on the training pictures with every seed and, in the mean, at least
 * what Keras reaches on the test part, less the spread between its seeds. All five seeds also write the document.
 */
afterSetUp(async () => {
  const { cleanEnvironment } = require('../setup/python-environment');
  const { temporaryFolder } = require('./support/temporary-folder');
  const { runProgram } = require('../bench/run-program');
  const { values } = parseArgs({ options: { seeds: { type: 'string' } } });
  const seeds = Number(values.seeds ?? SEEDS);
  if (!Number.isInteger(seeds) || seeds < 2 || seeds > SEEDS) {
    console.error(`--seeds must be a whole number from 2 to ${SEEDS}, got "${values.seeds}"`);
    return 2;
  }
  const library = loadLibrary();
  await library.tf.ready();
  const device = library.trainingDevice().description;
  console.log(device);
  const env = { ...cleanEnvironment(), TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' };
  /** @type {Row[]} */
  const rows = [];
  /** @type {Record<string, string>} */
  let versions = {};
  let count = 0;
  console.log(line(['seed', '', 'training', 'validation', 'test', 'seconds']));
  for (let seed = 1; seed <= seeds; seed++) {
    const folder = temporaryFolder();
    const run = await library.trainRecipe(library.emotion, {
      data,
      folder,
      epochs: EPOCHS,
      seed,
      overwrite: true,
      logs: path.join(folder, 'logs'),
    });
    run.classifier.model.dispose();
    const { accuracy, val_accuracy = [] } = run.history;
    const test = /** @type {NonNullable<typeof run.test>} */ (run.test);
    const ours = {
      train: accuracy.at(-1) ?? NaN,
      validation: val_accuracy.at(-1) ?? NaN,
      test: test.accuracy,
      seconds: run.seconds.fit,
    };
    count = test.count;
    console.log(line([seed, 'Smile Lab', ...figures(ours)]));
    const script = path.join(__dirname, 'emotion-accuracy', 'train.py');
    const args = [script, path.join(folder, 'split.json'), data, String(seed), String(EPOCHS)];
    const { answer } = await runProgram(python, args, { env });
    versions = { 'Smile Lab': require('../../package.json').version, ...answer.versions };
    console.log(line(['', 'Keras', ...figures(answer)]));
    rows.push({ seed, ours, keras: answer });
  }
  const { verdict, isMet, summary } = judge(rows);
  for (const row of summary) console.log(line(row));
  console.log(verdict);
  if (seeds === SEEDS) {
    const { emotionsDocument } = require('./emotion-accuracy/document');
    const { writeDocument } = require('../bench/document');
    const sitting = { device, versions, count, epochs: EPOCHS, verdict };
    await writeDocument('emotions-accuracy', emotionsDocument(rows, summary, sitting));
    console.log('Written: docs/emotions-accuracy.md');
  }
  return isMet ? 0 : 1;
});

/**
 * @param {Row[]} rows
 * @returns {{ verdict: string, isMet: boolean, summary: string[][] }} summary: mean and spread, rows as those of the table
 */
function judge(rows) {
  /** @param {'ours' | 'keras'} who @param {'train' | 'validation' | 'test'} part */
  const of = (who, part) => meanAndSpread(rows.map((row) => row[who][part]));
  /** @param {'ours' | 'keras'} who @param {string} name */
  const summarized = (who, name) => {
    const each = /** @type {const} */ (['train', 'validation', 'test']).map((part) => {
      const { mean, spread } = of(who, part);
      return `${percent(mean)} ± ${(100 * spread).toFixed(1)}`;
    });
    return ['mean', name, ...each, ''];
  };
  const [ours, keras] = [of('ours', 'test'), of('keras', 'test')];
  const learned = rows.every((row) => row.ours.train === 1);
  const asGood = ours.mean >= keras.mean - keras.spread;
  const training = `training accuracy 100 % with ${learned ? 'every seed' : 'not every seed'}`;
  const verdict =
    `${learned && asGood ? 'Met' : 'MISSED'}: ${training}; test accuracy in the mean ${percent(ours.mean)}, ` +
    `Keras ${percent(keras.mean)} with a spread of ${(100 * keras.spread).toFixed(1)} points between its seeds`;
  return {
    verdict,
    isMet: learned && asGood,
    summary: [summarized('ours', 'Smile Lab'), summarized('keras', 'Keras')],
  };
}

/**
 * @param {number[]} values at least two
 * @returns {{ mean: number, spread: number }} spread: the standard deviation of a sample
 */
function meanAndSpread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) };
}

/** @param {Reached} reached */
function figures({ train, validation, test, seconds }) {
  return [percent(train), percent(validation), percent(test), seconds.toFixed(0)];
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** @param {Array<string | number>} cells */
function line(cells) {
  const widths = [5, 10, 15, 15, 15, 8];
  return cells.map((cell, i) => String(cell).padEnd(widths[i] ?? 0)).join('');
}
