const fs = require('node:fs');
const path = require('node:path');
const { createHash } = require('node:crypto');
const { loadLibrary } = require('../load-library');
const { dist } = require('../setup/paths');
const { trainingFlops } = require('./flops');
const { median } = require('./statistics');

/** @type {typeof import('../../src/index')} */
const library = loadLibrary();
const { imageDatasetFromDirectory, loadKeras, saveKeras, tf, trainingDevice } = library;
const { convolutionalNetwork } = require(path.join(dist, 'models/convolutionalNetwork'));
const { ModelGraph } = require(path.join(dist, 'tensorflow/graph/modelGraph'));

/**
 * Does one task of the benchmark with tfjs and prints the answer, a JSON object: Smile Lab, or with the switches
 * SMILE_GRAPH=0 SMILE_STOCK_KERNELS=1 stock tfjs-node.
 * usage: node tfjs.js TASK
 */
async function main() {
  const task = JSON.parse(process.argv[2] ?? '');
  const answer = await { save, fit, load, whole, matMul }[/** @type {'fit'} */ (task.kind)](task);
  const { tensorflow, kind: device } = trainingDevice();
  const versions = { Node: process.versions.node, tfjs: tf.version_core, TensorFlow: tensorflow };
  // The most memory that this process has held at once, its own alone (proc(5)), in MB.
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  const peak = (1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1])) / 1e6;
  console.log(JSON.stringify({ ...answer, versions, device, graphRuns: ModelGraph.runs, peak }));
}

/**
 * Of pictures in 0–1, by the names of Keras' layers.
 * @type {Record<string, () => import('../../src/index').tf.layers.Layer>}
 */
const augmentations = {
  RandomFlip: () => library.randomFlip({ mode: 'horizontal' }),
  RandomRotation: () => library.randomRotation({ factor: 0.05, fillMode: 'nearest' }),
  RandomZoom: () => library.randomZoom({ heightFactor: 0.15, fillMode: 'nearest' }),
  RandomTranslation: () =>
    library.randomTranslation({ heightFactor: 0.1, widthFactor: 0.1, fillMode: 'nearest' }),
  RandomContrast: () => library.randomContrast({ factor: 0.3, valueRange: [0, 1] }),
  RandomBrightness: () => library.randomBrightness({ factor: 0.2, valueRange: [0, 1] }),
  RandomErasing: () => library.randomErasing({ valueRange: [0, 1] }),
};

/** @param {any} network */
function build({ size, augmentedBy = [], ...network }) {
  const model = convolutionalNetwork({ ...network, imageSize: [size, size], classes: 2 });
  if (augmentedBy.length === 0) return model;
  const input = tf.layers.inputLayer({ inputShape: [size, size, 3] });
  const first = augmentedBy.map((/** @type {string} */ name) => augmentations[name]?.());
  return tf.sequential({ layers: [input, ...first, ...model.layers] });
}

/** @param {any} task writes a network with initial weights, for all contestants */
async function save({ network, file }) {
  await saveKeras(build(network), file, { includeOptimizer: false, overwrite: true });
}

/** @param {any} task trains on pictures in memory, then predicts and trains on the first batch */
async function fit({ model: file, data, batchSize, epochs, predictions }) {
  const model = await loadModel(file);
  const initial = model.getWeights().map((weight) => weight.clone());
  const shape = /** @type {number[]} */ (model.inputs[0]?.shape.slice(1));
  const length = shape.reduce((all, side) => all * side);
  const pixels = Float32Array.from(fs.readFileSync(data), (byte) => byte / 255);
  const xs = tf.tensor(pixels, [pixels.length / length, ...shape]);
  const ys = tf.tensor(Array.from({ length: pixels.length / length }, (_, i) => [i % 2]));
  const trained = await timedEpochs((args) =>
    model.fit(xs, ys, { ...args, batchSize, epochs, shuffle: false }),
  );
  model.setWeights(initial);
  /** @type {(numbers: Float32Array) => number[]} from numbers to numbers, as Keras' `predict_on_batch` does */
  const predict = (numbers) => {
    const input = tf.tensor(numbers, [numbers.length / length, ...shape]);
    const output = /** @type {any} */ (model.predictOnBatch(input));
    const predicted = [...output.dataSync()];
    tf.dispose([input, output]);
    return predicted;
  };
  const answer = { ...trained, predictions: predict(pixels.slice(0, batchSize * length)) };
  if (predictions) {
    const picture = pixels.slice(0, length);
    const { ms, eager } = timed(() => predict(picture), predictions, 20);
    Object.assign(answer, { prediction: ms, eager, onePicture: predict(picture) });
  }
  /** @type {any[]} */
  const [someXs, someYs] = [xs, ys].map((all) => all.slice(0, batchSize));
  const [firstLoss] = /** @type {number[]} */ (await model.trainOnBatch(someXs, someYs));
  return { ...answer, firstLoss };
}

/**
 * Does something again and again; the first times decide on the graph, make it, and do not count.
 * @type {(work: () => unknown, calls: number, warmUp: number) => { ms: number, eager: number }} the median; eager: how many
 *   calls ran without a graph
 */
function timed(work, calls, warmUp) {
  for (let i = 0; i < warmUp; i++) work();
  const runs = ModelGraph.runs;
  const times = Array.from({ length: calls }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return { ms: median(times), eager: calls - (ModelGraph.runs - runs) };
}

/** @param {(args: object) => Promise<import('../../src/index').tf.History>} train @returns {Promise<object>} seconds */
async function timedEpochs(train) {
  const ends = [performance.now()];
  const onEpochEnd = () => void ends.push(performance.now());
  const { history } = await train({ verbose: 0, callbacks: { onEpochEnd } });
  const [firstEpoch, ...later] = ends.slice(1).map((end, i) => (end - Number(ends[i])) / 1000);
  const losses = Object.values(history)[0] ?? [];
  const told = { firstEpochLoss: losses[0], lastLoss: losses.at(-1) };
  return { firstEpoch, epoch: median(later), ...told };
}

/** @param {string} file */
async function loadModel(file) {
  const model = await loadKeras(file, { compile: false });
  model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return model;
}

/** @param {any} task one pass through a folder; with `keeps` all pictures are kept, and looked at afterwards */
async function load(task) {
  const isStock = process.env['SMILE_GRAPH'] === '0';
  const start = performance.now();
  /** @type {any} */
  const dataset = isStock ? undefined : await directory(task);
  const [asked, before] = [performance.now(), process.cpuUsage()];
  const batches = [];
  let pictures = 0;
  const iterator = dataset ? await dataset.iterator() : stockBatches(task);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    const { xs, ys } = next.value;
    pictures += xs.shape[0];
    ys.dispose();
    if (task.keeps) batches.push(xs);
    else xs.dispose();
  }
  const end = performance.now();
  const { user, system } = process.cpuUsage(before); // µs
  const [all, pass] = [end - start, end - asked];
  const rates = { rate: (1000 * pictures) / all, passRate: (1000 * pictures) / pass };
  const answer = { ...rates, pictures, processors: (user + system) / 1000 / pass };
  if (!task.keeps) return answer;
  const pixels = /** @type {Float32Array} */ (tf.concat(batches).dataSync());
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return { ...answer, mean, hash: createHash('sha256').update(pixels).digest('hex') };
}

/** @param {any} task */
function directory({ folder, imageSize, seed, batchSize, cache, shrinkOnLoad }) {
  const options = { seed, shuffle: seed !== undefined, batchSize, cache, shrinkOnLoad };
  const size = /** @type {[number, number]} */ ([imageSize, imageSize]);
  return imageDatasetFromDirectory(folder, { imageSize: size, labelMode: 'binary', ...options });
}

/** @param {any} task what gives stock tfjs-node, without a loader, the pixel values of Keras: one picture after the other */
async function* stockBatches({ folder, imageSize }) {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => path.extname(name));
  const decode = (/** @type {Uint8Array} */ content) => {
    const image = /** @type {any} */ (tf.node.decodeImage(content, 3, 'int32', false));
    return tf.image.resizeBilinear(image, [imageSize, imageSize], false, true);
  };
  for (let at = 0; at < files.length; at += 32) {
    const batch = files.slice(at, at + 32).map((file) => path.join(folder, file));
    const contents = await Promise.all(batch.map((file) => fs.promises.readFile(file)));
    const labels = batch.map((file) => [names.indexOf(path.basename(path.dirname(file)))]);
    yield { xs: tf.tidy(() => tf.stack(contents.map(decode))), ys: tf.tensor2d(labels) };
  }
}

/** @param {any} task what lesson 1 does, as a script: with a network from a file, or with fresh weights */
async function whole({ model: file, network, epochs, ...task }) {
  const model = file ? await loadModel(file) : build(network);
  const rescaled = (await directory(task)).map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
  const trained = await timedEpochs((args) => model.fitDataset(rescaled, { ...args, epochs }));
  return { ...trained, gigaflop: trainingFlops(model) / 1e9 };
}

/** @param {{ side: number, calls: number }} task what the machine computes at best: a product of two square matrices */
function matMul({ side, calls }) {
  const [a, b] = [tf.randomUniform([side, side]), tf.randomUniform([side, side])];
  const multiply = () => tf.tidy(() => void tf.matMul(a, b).slice([0, 0], [1, 1]).dataSync());
  return { gigaflops: (2 * side ** 3) / 1e6 / timed(multiply, calls, 1).ms };
}

main();
