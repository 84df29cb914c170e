const path = require('node:path');
const { python, root } = require('../setup/paths');
const { cleanEnvironment } = require('../setup/python-environment');
const { compete } = require('./contestants');
const { happyOrSad } = require('./networks');
const { runProgram } = require('./sitting');
const { summary } = require('./statistics');
const { digits } = require('./table');

/**
 * Where the time goes, in milliseconds.
 * @typedef {object} Profile
 * @property {{ whole: number, graph: number }} step of a batch of 10; `graph` is TensorFlow's part of it
 * @property {{ whole: number, graph: number }} prediction of one picture
 * @property {Record<string, number>} ops of one prediction in TensorFlow, without Smile Lab, by name
 * @property {Record<'read' | 'decode' | 'decodeToAnEighth' | 'resize', number>} photograph of a processor
 */

/**
 * Measures where the time of those rows goes that a faster Smile Lab alone cannot better.
 * @param {import('./inputs').Inputs} inputs
 * @param {(text: string) => void} told
 * @returns {Promise<Profile>}
 */
async function profile(inputs, told) {
  const network = happyOrSad;
  const weights = inputs.weights('happy-or-sad', network);
  const batch = inputs.batches('profile', network.size, 10);
  told('profile: Smile Lab');
  const { step, prediction } = await compete('ours', {
    ...{ kind: 'profile', network, batchSize: 10, weights },
    ...batch,
  });
  const { folder } = await inputs.photographs({ different: 4, names: 40, told });
  told('profile: TensorFlow');
  const { answer } = await runProgram(
    python,
    [path.join(__dirname, 'profile.py'), JSON.stringify({ network, weights, photographs: folder })],
    { env: { ...cleanEnvironment(), TF_CPP_MIN_LOG_LEVEL: '3' }, cwd: root },
  );
  const ops = Object.entries(answer.picture).map(([name, us]) => [name, Number(us) / 1000]);
  return { step, prediction, ops: Object.fromEntries(ops), photograph: answer.photograph };
}

/**
 * Says what the profile means for the rows of the table.
 * @param {Profile} profile
 * @param {readonly import('./measure').Row[]} rows
 * @param {number} cores
 * @returns {string} Markdown
 */
function describeProfile({ step, prediction, ops, photograph }, rows, cores) {
  /** @param {string} part of the row's name @param {string} of */
  const absolute = (part, of) => {
    const values = rows.find(({ measure }) => measure.includes(part))?.context?.values[of] ?? [];
    return summary(values).median;
  };
  const stockStep = (1000 * absolute('epoch, happy-or-sad: stock', 'stock tfjs-node')) / 8;
  const keras = absolute('one picture predicted', 'Keras');
  const sum = Object.values(ops).reduce((total, ms) => total + ms, 0);
  const list = Object.entries(ops).map(([name, ms]) => `${name} ${digits(1000 * ms)}`);
  const { read, decode, decodeToAnEighth, resize } = photograph;
  const whole = read + decode + resize;
  const shrunk = read + decodeToAnEighth;
  const mostOf = (/** @type {number} */ ms) => (1000 * cores) / ms;
  return [
    `- **A training step of happy-or-sad** takes ${digits(step.whole)} ms, ${digits(step.graph)} of them within TensorFlow’s graph; one of stock tfjs-node ${digits(stockStep)} ms. With no JavaScript left at all the ratio of the two would be ${digits(stockStep / step.graph)}.`,
    `- **One picture** takes ${digits(prediction.whole)} ms, ${digits(prediction.graph)} of them within the graph. TensorFlow’s own account of the same layers, without Smile Lab, is ${digits(sum)} ms (in µs: ${list.join(', ')}). Keras needs ${digits(keras)} ms; 2.5 times as fast would be ${digits(keras / 2.5)} ms.`,
    `- **A photograph of 12 megapixels** takes ${digits(whole)} ms of a processor: reading ${digits(read)}, decoding ${digits(decode)}, resizing ${digits(resize)}. Keras and Smile Lab decode with the same function, and equal pixels leave no choice: ${cores} cores can do ${digits(mostOf(whole))} pictures/s; ours do ${digits(absolute('12 megapixels', 'Smile Lab in the pass alone'))}, Keras ${digits(absolute('12 megapixels', 'Keras in the pass alone'))}.`,
    `- **With \`shrinkOnLoad\`** the decoder gives an eighth of width and height, for ${digits(shrunk)} ms: undoing the entropy coding of all of the file remains. So the decoder by itself becomes ${digits(whole / shrunk)} times as fast, and no more.`,
    '- **Tried without gain**: constant weights, one thread, no oneDNN and a fused matrix product for one picture; fewer and more threads, between ops and within them, and large memory pages for a training step; memory that is never given back to the system for training and decoding; sharp as a decoder, also at an eighth; for `shrinkOnLoad` the fast inverse transform and plain upsampling of the colours.',
  ].join('\n');
}

module.exports = { describeProfile, profile };
