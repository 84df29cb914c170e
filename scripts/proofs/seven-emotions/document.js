const { machine } = require('../../bench/machine');
const { markdownTable } = require('../../bench/table');

/**
 * @typedef {import('../seven-emotions').Row} Row
 * @typedef {import('../seven-emotions').Reached} Reached
 * @typedef {{ mean: number, spread: number }} Summary
 * @typedef {object} Sitting
 * @property {string} device in words
 * @property {Record<string, string>} versions by name
 * @property {string[]} classNames
 * @property {number} epochs
 * @property {number} side of the pictures, in pixels
 * @property {string} verdict
 */

/**
 * @param {Row[]} rows
 * @param {{ ours: Summary, keras: Summary, leaking: Reached }} summary
 * @param {Sitting} sitting
 * @returns {string} Markdown
 */
function sevenDocument(rows, { ours, keras, leaking }, sitting) {
  const { device, versions, classNames, epochs, side, verdict } = sitting;
  const { cpu, cores, memory, system } = machine();
  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
  const words = (/** @type {Summary} */ { mean, spread }) =>
    `${mean.toFixed(3)} ± ${spread.toFixed(3)}`;
  /** @param {'ours' | 'keras'} who @param {number} label */
  const recallOf = (who, label) =>
    rows.reduce((sum, row) => sum + (row[who].recalls[label] ?? NaN), 0) / rows.length;
  const folds = [
    ['fold', 'Smile Lab: training', 'unseen designs', 'Keras: training', 'unseen designs'],
    ...rows.map((row) => [
      String(row.fold),
      ...[percent(row.ours.train), row.ours.recall.toFixed(3)],
      ...[percent(row.keras.train), row.keras.recall.toFixed(3)],
    ]),
    ['mean', '', words(ours), '', words(keras)],
  ];
  const classes = [
    ['emotion', 'Smile Lab', 'Keras'],
    ...classNames.map((name, label) => [
      ...[name, recallOf('ours', label).toFixed(3), recallOf('keras', label).toFixed(3)],
    ]),
  ];
  return [
    '# Seven emotions: Smile Lab beside Keras',
    'Written by `npm run test:seven-emotions`; not to be edited.',
    `The network of the recipe \`emotions\`, trained by both on \`data/emotions-7\` in ${side}×${side}, for ${epochs} epochs with Adam and batches of 32, last weights. Five folds by design, so that each design is a test once and was never seen in training: fold n trains with seed n. Each draws its initial weights and the order of the pictures in its own way from the seed.`,
    [
      `- ${new Date().toISOString().slice(0, 10)}, ${cpu}, ${cores} cores, ${memory} memory, ${system}`,
      `- ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
      `- ${device}`,
    ].join('\n'),
    'Macro-averaged recall: the mean over the emotions of the share that is found; guessing gives 1/7 = 0.143. «±» is the standard deviation between the folds, which is also that of the designs.',
    markdownTable(folds),
    'The recall of each emotion, mean of the folds:',
    markdownTable(classes),
    `${verdict}.`,
    `Split by picture and not by design, so that other pictures of each design are in the training, the same network seems to reach ${leaking.recall.toFixed(3)}: that is a leak and no result.\n`,
  ].join('\n\n');
}

module.exports = { sevenDocument };
