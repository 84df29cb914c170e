const { compete } = require('./contestants');
const { fillTemplate } = require('./document');
const { predictionFlops } = require('./flops');
const { trainings } = require('./measures/training');
const { happyOrSad } = require('./networks');
const { median } = require('./statistics');
const { digits } = require('./table');

/**
 * Measures where the time of those rows goes that a faster Smile Lab alone cannot better, in milliseconds: of a training
 * step and a prediction the whole and TensorFlow's graph in it, and what TensorFlow's parts take without Smile Lab, as
 * `keras.py` names them.
 * @param {import('./inputs').Inputs} inputs
 */
async function profile(inputs) {
  inputs.told('profile: Smile Lab');
  const tasks = trainings.map(({ name, network, batchSize, full }) => {
    const batch = inputs.batches(`${name} profile`, network.size, batchSize);
    const amount = { epochs: 1, steps: 40, predictions: full.predictions };
    const weights = inputs.weights(name, network);
    return { kind: 'fit', network, batchSize, weights, ...batch, ...amount };
  });
  /** @type {any[]} */
  const ours = [];
  for (const task of tasks) ours.push(await compete('ours', task));
  const photographs = await inputs.photographs({ different: 4, names: 40 });
  inputs.told('profile: TensorFlow');
  const task = { kind: 'profile', photographs, steps: tasks };
  const { parts, ops, photograph } = await compete('keras', task);
  const steps = trainings.map(({ title, network, batchSize, full }, i) => {
    const called = network === happyOrSad ? title : `the ${title}`;
    const perEpoch = full.pictures / batchSize;
    return { title: called, perEpoch, step: ours[i].step, parts: parts[i] };
  });
  return { steps, prediction: ours[0].prediction, ops, photograph };
}

/**
 * Says what the profile means for the rows of the table.
 * @type {(measured: Awaited<ReturnType<typeof profile>>, rows: readonly import('./measure').Row[], cores: number) => string} Markdown
 */
function describeProfile({ steps, prediction, ops, photograph }, rows, cores) {
  /** @param {string} part of the row's name */
  const contextOf = (part) => rows.find(({ measure }) => measure.includes(part))?.context;
  /** @param {string} part of the row's name @param {string} name */
  const of = (part, name) => median(contextOf(part)?.values[name] ?? []);
  const [photographs, pngs, alone] = ['12 megapixels', '80 PNGs', 'in the pass alone'];
  const atWork = contextOf(photographs)?.processors ?? {};
  const keras = of('one picture predicted', 'Keras');
  const [sum, flops] = [sumOf(ops), predictionFlops(happyOrSad)];
  const decoded = photograph.read + photograph.decode + photograph.resize;
  const shrunk = photograph.read + photograph.decodeToAnEighth;
  const list = Object.entries(ops).map(([name, ms]) => `${name} ${digits(1000 * ms)}`);
  const stepsInWords = steps.map(({ title, perEpoch, step, parts }) => {
    const perStep = (/** @type {string} */ name) =>
      (1000 * of(`epoch, ${title.replace('the ', '')}: stock`, name)) / perEpoch;
    const [mine, stock] = [perStep('Smile Lab'), perStep('stock tfjs-node')];
    const values = { ...step, ...parts, sum: sumOf(parts), mine, stock, ratio: stock / step.graph };
    return fillTemplate('step.md', { title, ...inDigits(values) });
  });
  const numbers = {
    ...{ ...prediction, sum, gigaflop: flops / 1e9, perSecond: flops / 1e6 / sum },
    ...{ ...photograph, decoded, most: (1000 * cores) / decoded },
    ...{ keras, wanted: keras / 2.5, shrunk, timesShrunk: decoded / shrunk },
    ours: of(photographs, `Smile Lab ${alone}`),
    theirs: of(photographs, `Keras ${alone}`),
    oursAtWork: median(atWork['Smile Lab'] ?? []),
    theirsAtWork: median(atWork['Keras'] ?? []),
    pngsAlone: of(pngs, `Smile Lab ${alone}`) / of(pngs, `Keras ${alone}`),
  };
  const words = { steps: stepsInWords.join('\n'), ops: list.join(', '), cores };
  return fillTemplate('profile.md', { ...inDigits(numbers), ...words });
}

/** @param {Record<string, number>} values */
function inDigits(values) {
  const written = Object.entries(values).map(([name, value]) => [name, digits(value)]);
  return Object.fromEntries(written);
}

/** @param {Record<string, number>} values */
function sumOf(values) {
  return Object.values(values).reduce((sum, value) => sum + value, 0);
}

module.exports = { describeProfile, profile };
