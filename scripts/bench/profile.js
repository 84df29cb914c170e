const path = require('node:path');
const { python, root } = require('../setup/paths');
const { cleanEnvironment } = require('../setup/python-environment');
const { compete } = require('./contestants');
const { emotions, happyOrSad } = require('./networks');
const { predictionFlops } = require('./flops');
const { runProgram } = require('./sitting');
const { median } = require('./statistics');
const { digits } = require('./table');

/**
 * Where the time goes, in milliseconds.
 * @typedef {object} Profile
 * @property {Step[]} steps of a training
 * @property {Span} prediction of one picture
 * @property {Record<string, number>} ops of one prediction in TensorFlow, without Smile Lab, by name
 * @property {Record<'read' | 'decode' | 'decodeToAnEighth' | 'resize', number>} photograph of a processor
 */

/** @typedef {{ whole: number, graph: number }} Span graph: TensorFlow's part of the whole */

/**
 * @typedef {object} Step
 * @property {string} title of the network
 * @property {number} perEpoch steps in an epoch of the benchmark
 * @property {Span} step
 * @property {Record<'convolutions' | 'poolings' | 'filters' | 'inputs' | 'else', number>} parts of a forward and a backward
 *   pass in TensorFlow on one thread, without Smile Lab, one op after the other; filters: gradients of the convolutions' filters; inputs:
 *   of their inputs
 */

const trainings = [
  { title: 'happy-or-sad', name: 'happy-or-sad', network: happyOrSad, batchSize: 10, perEpoch: 8 },
  { title: 'the emotion network', name: 'emotions', network: emotions, batchSize: 32, perEpoch: 7 },
];

/**
 * Measures where the time of those rows goes that a faster Smile Lab alone cannot better.
 * @param {import('./inputs').Inputs} inputs
 * @param {(text: string) => void} told
 * @returns {Promise<Profile>}
 */
async function profile(inputs, told) {
  told('profile: Smile Lab');
  /** @type {any[]} */
  const measured = [];
  for (const { name, network, batchSize } of trainings) {
    const weights = inputs.weights(name, network);
    const batch = inputs.batches(`${name} profile`, network.size, batchSize);
    const predictions = network === happyOrSad ? 200 : 0;
    const task = { kind: 'profile', network, batchSize, weights, steps: 40, predictions, ...batch };
    measured.push({ network, batchSize, weights, ...(await compete('ours', task)) });
  }
  const { folder } = await inputs.photographs({ different: 4, names: 40, told });
  told('profile: TensorFlow');
  const steps = measured.map(({ network, batchSize, weights }) => ({
    network,
    batchSize,
    weights,
  }));
  const [{ network, weights, prediction }] = measured;
  const task = { network, weights, photographs: folder, steps };
  const { answer } = await runProgram(
    python,
    [path.join(__dirname, 'profile.py'), JSON.stringify(task)],
    { env: { ...cleanEnvironment(), TF_CPP_MIN_LOG_LEVEL: '3' }, cwd: root },
  );
  const ops = Object.entries(answer.picture).map(([name, us]) => [name, Number(us) / 1000]);
  return {
    steps: trainings.map(({ title, perEpoch }, i) => ({
      ...{ title, perEpoch, step: measured[i].step },
      parts: answer.steps[i],
    })),
    ...{ prediction, ops: Object.fromEntries(ops), photograph: answer.photograph },
  };
}

/**
 * Says what the profile means for the rows of the table.
 * @param {Profile} profile
 * @param {readonly import('./measure').Row[]} rows
 * @param {number} cores
 * @returns {string} Markdown
 */
function describeProfile({ steps, prediction, ops, photograph }, rows, cores) {
  /** @param {string} part of the row's name */
  const contextOf = (part) => rows.find(({ measure }) => measure.includes(part))?.context;
  /** @param {string} part of the row's name @param {string} of */
  const absolute = (part, of) => median(contextOf(part)?.values[of] ?? []);
  /** @param {string} part of the row's name @param {string} of */
  const atWork = (part, of) => median(contextOf(part)?.processors?.[of] ?? []);
  const photographs = '12 megapixels';
  const pngs = '80 PNGs';
  const alone = 'in the pass alone';
  const pngsAlone = absolute(pngs, `Smile Lab ${alone}`) / absolute(pngs, `Keras ${alone}`);
  const keras = absolute('one picture predicted', 'Keras');
  const sum = Object.values(ops).reduce((total, ms) => total + ms, 0);
  const flops = predictionFlops(happyOrSad);
  const list = Object.entries(ops).map(([name, ms]) => `${name} ${digits(1000 * ms)}`);
  const { read, decode, decodeToAnEighth, resize } = photograph;
  const whole = read + decode + resize;
  const shrunk = read + decodeToAnEighth;
  const mostOf = (/** @type {number} */ ms) => (1000 * cores) / ms;
  return [
    ...steps.map((step) => describeStep(step, absolute)),
    `- **One picture** takes ${digits(prediction.whole)} ms, ${digits(prediction.graph)} of them within the graph. TensorFlow’s own account of the same layers, on one thread and without Smile Lab, is ${digits(sum)} ms (in µs: ${list.join(', ')}). They compute ${digits(flops / 1e9)} GFLOP in it, ${digits(flops / 1e6 / sum)} GFLOP/s; [scaling.md](scaling.md) tells what a plain product of matrices reaches on all cores. Keras needs ${digits(keras)} ms; 2.5 times as fast would be ${digits(keras / 2.5)} ms.`,
    `- **A photograph of 12 megapixels** takes ${digits(whole)} ms of a processor: reading ${digits(read)}, decoding ${digits(decode)}, resizing ${digits(resize)}. Keras and Smile Lab decode with the same function, and equal pixels leave no choice: ${cores} cores can do ${digits(mostOf(whole))} pictures/s; ours do ${digits(absolute(photographs, `Smile Lab ${alone}`))} and keep ${digits(atWork(photographs, 'Smile Lab'))} processors at work, Keras ${digits(absolute(photographs, `Keras ${alone}`))} with ${digits(atWork(photographs, 'Keras'))}. So the ratio is that of the processors at work: where Keras uses as many as ours, it is about 1.`,
    `- **80 PNGs**: ours first looks at every file, then decodes so few small pictures one by one, since making the graph that decodes ahead would take longer than it saves; Keras makes such a graph, and is ready later. In the pass alone, without the call before it, the ratio is ${digits(pngsAlone)}. A plain loop that looks at nothing beforehand, the column «stock tfjs-node», needs no call at all.`,
    `- **With \`shrinkOnLoad\`** the decoder gives an eighth of width and height, for ${digits(shrunk)} ms: undoing the entropy coding of all of the file remains. So the decoder by itself becomes ${digits(whole / shrunk)} times as fast, and no more; what the ratio is beyond that, stems from the processors at work.`,
  ].join('\n');
}

/**
 * @param {Step} step
 * @param {(part: string, of: string) => number} absolute
 */
function describeStep({ title, perEpoch, step, parts }, absolute) {
  const row = `epoch, ${title.replace('the ', '')}: stock`;
  const perStep = (/** @type {string} */ name) => (1000 * absolute(row, name)) / perEpoch;
  const stock = perStep('stock tfjs-node');
  const sum = Object.values(parts).reduce((total, ms) => total + ms, 0);
  return (
    `- **A training step of ${title}** takes ${digits(step.whole)} ms, ${digits(step.graph)} of them within TensorFlow’s graph, and ${digits(perStep('Smile Lab'))} ms in an epoch, where tfjs also gathers each batch and adds up loss and metrics; one of stock tfjs-node ${digits(stock)} ms. With no JavaScript left at all the ratio of the two would be ${digits(stock / step.graph)}. ` +
    `TensorFlow’s own account of a forward and a backward pass, on one thread, without Smile Lab and without an optimizer, is ${digits(sum)} ms: gradients of the filters ${digits(parts.filters)}, gradients of the convolutions’ inputs ${digits(parts.inputs)}, convolutions ${digits(parts.convolutions)}, poolings both ways ${digits(parts.poolings)}, all else ${digits(parts.else)}.`
  );
}

module.exports = { describeProfile, profile };
