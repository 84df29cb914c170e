const fs = require('node:fs');
const path = require('node:path');
const { createHash } = require('node:crypto');
const { dist } = require('../setup/paths');
const { median } = require('./statistics');

/** @type {typeof import('../../src/index')} */
const library = require(dist);
const { imageDatasetFromDirectory, tf, trainingDevice } = library;
/** @type {typeof import('../../src/tensorflow/graph/modelGraph')} */
const { ModelGraph } = require(path.join(dist, 'tensorflow', 'graph', 'modelGraph.js'));
/** @type {typeof import('../../src/tensorflow/graph/graphSession')} */
const { GraphSession } = require(path.join(dist, 'tensorflow', 'graph', 'graphSession.js'));
const isStock = process.env['SMILE_GRAPH'] === '0';
const warmUpCalls = 20;

/**
 * Does one task of the benchmark with tfjs and prints the answer, a JSON object: Smile Lab, or with the switches
 * SMILE_GRAPH=0 SMILE_STOCK_KERNELS=1 stock tfjs-node.
 * usage: node tfjs.js TASK
 */
async function main() {
  const task = JSON.parse(process.argv[2] ?? '');
  const answer = await { fit, load, whole, stream, scaleLoad, scaleFit, matMul, profile }[
    /** @type {'fit'} */ (task.kind)
  ](task);
  const { tensorflow, kind: device } = trainingDevice();
  const versions = { Node: process.versions.node, tfjs: tf.version_core, TensorFlow: tensorflow };
  console.log(
    JSON.stringify({ ...answer, versions, device, graphRuns: ModelGraph.runs, peak: peakMemory() }),
  );
}

/** @param {any} task */
async function fit(task) {
  const { size } = task.network;
  const pixels = Float32Array.from(fs.readFileSync(task.pictures), (byte) => byte / 255);
  const count = pixels.length / (size * size * 3);
  const xs = tf.tensor4d(pixels, [count, size, size, 3]);
  const ys = tf.tensor2d(Float32Array.from(fs.readFileSync(task.labels)), [count, 1]);
  const model = build(task.network);
  const weights = readWeights(task.weights, model);
  model.setWeights(weights);

  const times = [performance.now()];
  const { history } = await model.fit(xs, ys, {
    batchSize: task.batchSize,
    epochs: task.epochs,
    shuffle: false,
    verbose: 0,
    callbacks: { onEpochEnd: () => void times.push(performance.now()) },
  });
  const epochs = times.slice(1).map((end, i) => (end - Number(times[i])) / 1000);

  model.setWeights(weights);
  const batch = [xs, ys].map((all) => all.slice(0, task.batchSize));
  const predicted = /** @type {import('../../src/index').tf.Tensor} */ (
    model.predictOnBatch(/** @type {any} */ (batch[0]))
  );
  const predictions = [...predicted.dataSync()];
  const picture = pixels.slice(0, size * size * 3);
  const prediction = task.predictions
    ? predictOne(model, picture, [1, size, size, 3], task.predictions)
    : {};
  const [firstLoss] = /** @type {number[]} */ (
    await model.trainOnBatch(/** @type {any} */ (batch[0]), /** @type {any} */ (batch[1]))
  );
  return { epochs, losses: history['loss'], predictions, ...prediction, firstLoss };
}

/**
 * The network that networks.js describes.
 * @param {import('./networks').Network} network
 */
function build({ size, filters, dense }) {
  const model = tf.sequential();
  filters.forEach((count, layer) => {
    const inputShape = /** @type {[number, number, number]} */ ([size, size, 3]);
    model.add(
      tf.layers.conv2d({
        ...(layer === 0 ? { inputShape } : {}),
        filters: count,
        kernelSize: 3,
        activation: 'relu',
      }),
    );
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  });
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: dense, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
  model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return model;
}

/**
 * @param {string} file
 * @param {import('../../src/index').tf.LayersModel} model
 */
function readWeights(file, model) {
  const bytes = fs.readFileSync(file);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let at = 0;
  return model.getWeights().map(({ shape, size }) => {
    at += size;
    return tf.tensor(values.slice(at - size, at), shape);
  });
}

/**
 * From numbers to numbers, as Keras' `predict_on_batch` does.
 * @param {import('../../src/index').tf.LayersModel} model
 * @param {Float32Array} picture
 * @param {number[]} shape
 * @param {number} calls
 * @returns {{ latency: number, onePicture: number[], calls: number, byGraph: number }} latency: seconds, the median;
 *   onePicture: what the last call said; byGraph: how many of the calls that count ran as a graph
 */
function predictOne(model, picture, shape, calls) {
  /** @type {number[]} */
  let onePicture = [];
  const call = () => {
    const start = performance.now();
    const input = tf.tensor(picture, shape);
    const output = /** @type {import('../../src/index').tf.Tensor} */ (model.predictOnBatch(input));
    const numbers = output.dataSync();
    tf.dispose([input, output]);
    const seconds = (performance.now() - start) / 1000;
    onePicture = [...numbers];
    return seconds;
  };
  for (let i = 0; i < warmUpCalls; i++) call();
  const before = ModelGraph.runs;
  const latency = median(Array.from({ length: calls }, call));
  return { latency, onePicture, calls, byGraph: ModelGraph.runs - before };
}

/** @param {any} task */
async function load(task) {
  const side = task.imageSize;
  const start = performance.now();
  const options = {
    imageSize: /** @type {[number, number]} */ ([side, side]),
    labelMode: /** @type {const} */ ('binary'),
    shuffle: false,
    shrinkOnLoad: task.shrinkOnLoad,
    batchSize: task.batchSize,
  };
  /** @type {any} */
  const dataset = isStock
    ? await require('./stock-loader').stockDataset(task.folder, side)
    : await imageDatasetFromDirectory(task.folder, options);
  const asked = performance.now();
  const before = process.cpuUsage();
  const batches = [];
  const iterator = await dataset.iterator();
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    batches.push(next.value.xs);
    tf.dispose(next.value.ys);
  }
  const end = performance.now();
  const { user, system } = process.cpuUsage(before); // µs
  const hash = createHash('sha256');
  let [pictures, sum, size] = [0, 0, 0];
  for (const xs of batches) {
    const values = /** @type {Float32Array} */ (xs.dataSync());
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    pictures += xs.shape[0];
    for (const value of values) sum += value;
    size += values.length;
  }
  return {
    fromCall: (end - start) / 1000,
    pass: (end - asked) / 1000,
    processors: (user + system) / 1000 / (end - asked),
    pictures,
    mean: sum / size,
    hash: hash.digest('hex'),
  };
}

/**
 * What lesson 1 does, as a script.
 * @param {any} task
 */
async function whole(task) {
  const model = build(task.network);
  model.setWeights(readWeights(task.weights, model));
  const { history } = await model.fitDataset(await rescaled(task), {
    epochs: task.epochs,
    verbose: 0,
  });
  return { losses: history['loss'] };
}

/** @param {any} task */
function directory({ folder, imageSize, batchSize, seed }) {
  return imageDatasetFromDirectory(folder, {
    imageSize: [imageSize, imageSize],
    labelMode: 'binary',
    batchSize,
    shuffle: seed !== undefined,
    seed,
  });
}

/** @param {any} task */
async function rescaled(task) {
  return (await directory(task)).map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
}

/**
 * Reads all pictures of a folder and keeps few of them.
 * @param {any} task
 */
async function stream({ folder, imageSize, cacheBytes }) {
  const options = {
    imageSize: /** @type {[number, number]} */ ([imageSize, imageSize]),
    shuffle: false,
    cache: { memory: cacheBytes, disk: 0 },
  };
  const dataset = await imageDatasetFromDirectory(folder, options);
  let pictures = 0;
  await dataset.forEachAsync(({ xs }) => void (pictures += xs.shape[0]));
  return { pictures };
}

/**
 * Reads all pictures of a folder once.
 * @param {any} task
 */
async function scaleLoad(task) {
  const start = performance.now();
  const dataset = await directory(task);
  let pictures = 0;
  await dataset.forEachAsync(({ xs }) => void (pictures += xs.shape[0]));
  return { pictures, fromCall: (performance.now() - start) / 1000 };
}

/**
 * Trains on a folder and tells how long each epoch took; the first one decodes the pictures.
 * @param {any} task
 */
async function scaleFit(task) {
  const model = build(task.network);
  const times = [performance.now()];
  await model.fitDataset(await rescaled(task), {
    epochs: task.epochs,
    verbose: 0,
    callbacks: { onEpochEnd: () => void times.push(performance.now()) },
  });
  return { epochs: times.slice(1).map((end, i) => (end - Number(times[i])) / 1000) };
}

/**
 * What the machine computes at best: a product of two square matrices.
 * @param {any} task
 */
async function matMul({ side, calls }) {
  const [a, b] = [tf.randomUniform([side, side]), tf.randomUniform([side, side])];
  const seconds = Array.from({ length: calls + 1 }, () => {
    const start = performance.now();
    const product = tf.matMul(a, b);
    product.slice([0, 0], [1, 1]).dataSync();
    product.dispose();
    return (performance.now() - start) / 1000;
  });
  return { flopsPerSecond: (2 * side ** 3) / median(seconds.slice(1)) };
}

/**
 * How much of a training step and of a prediction TensorFlow's graph takes, and how much is JavaScript around it.
 * @param {any} task
 */
async function profile(task) {
  const { size } = task.network;
  const pixels = Float32Array.from(fs.readFileSync(task.pictures), (byte) => byte / 255);
  const model = build(task.network);
  model.setWeights(readWeights(task.weights, model));
  const length = task.batchSize * size * size * 3;
  const xs = tf.tensor4d(pixels.slice(0, length), [task.batchSize, size, size, 3]);
  const ys = tf.zeros([task.batchSize, 1]);
  let inGraph = 0;
  const { run } = GraphSession.prototype;
  GraphSession.prototype.run = function (/** @type {any} */ feeds, /** @type {any} */ outputs) {
    const start = performance.now();
    const values = run.call(this, feeds, outputs);
    inGraph += performance.now() - start;
    return values;
  };
  /** @param {() => unknown} work @param {number} times */
  const timed = async (work, times) => {
    /** @type {{ whole: number[], graph: number[] }} milliseconds */
    const ms = { whole: [], graph: [] };
    for (let i = 0; i < times; i++) {
      inGraph = 0;
      const start = performance.now();
      await work();
      ms.whole.push(performance.now() - start);
      ms.graph.push(inGraph);
    }
    // The first ones decide on the graph, and make it.
    const later = (/** @type {number[]} */ all) => median(all.slice(warmUpCalls));
    return { whole: later(ms.whole), graph: later(ms.graph) };
  };
  const step = await timed(() => model.trainOnBatch(xs, ys), warmUpCalls + task.steps);
  if (!task.predictions) return { step };
  const picture = pixels.slice(0, size * size * 3);
  const prediction = await timed(() => {
    const input = tf.tensor(picture, [1, size, size, 3]);
    const output = /** @type {import('../../src/index').tf.Tensor} */ (model.predictOnBatch(input));
    output.dataSync();
    tf.dispose([input, output]);
  }, warmUpCalls + task.predictions);
  return { step, prediction };
}

/** @returns {number} bytes that this process has held in memory at most, its own alone, as Linux counts them */
function peakMemory() {
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB/m.exec(fs.readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

main();
