const fs = require('node:fs');
const path = require('node:path');
const { createHash } = require('node:crypto');
const { dist } = require('../setup/paths');
const { median } = require('./statistics');

/** @type {typeof import('../../src/index')} */
const { imageDatasetFromDirectory, tf, trainingDevice } = require(dist);
const { ModelGraph } = require(path.join(dist, 'tensorflow/graph/modelGraph'));
const { GraphSession } = require(path.join(dist, 'tensorflow/graph/graphSession'));

/**
 * Does one task of the benchmark with tfjs and prints the answer, a JSON object: Smile Lab, or with the switches
 * SMILE_GRAPH=0 SMILE_STOCK_KERNELS=1 stock tfjs-node.
 * usage: node tfjs.js TASK
 */
async function main() {
  const task = JSON.parse(process.argv[2] ?? '');
  const answer = await { fit, load, whole, matMul }[/** @type {'fit'} */ (task.kind)](task);
  const { tensorflow, kind: device } = trainingDevice();
  const versions = { Node: process.versions.node, tfjs: tf.version_core, TensorFlow: tensorflow };
  // The most memory that this process has held at once, its own alone (proc(5)).
  const status = fs.readFileSync('/proc/self/status', 'utf8');
  const peak = 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]);
  console.log(JSON.stringify({ ...answer, versions, device, graphRuns: ModelGraph.runs, peak }));
}

/**
 * Trains on pictures in memory, then predicts and trains on the first batch; with `task.steps` tells how much of it is
 * TensorFlow's graph, and how much JavaScript around it.
 * @param {any} task
 */
async function fit({ network, pictures, labels, weights, batchSize, epochs, predictions, steps }) {
  const shape = [network.size, network.size, 3];
  const length = 3 * network.size ** 2;
  const pixels = Float32Array.from(fs.readFileSync(pictures), (byte) => byte / 255);
  const truth = Float32Array.from(fs.readFileSync(labels));
  const xs = tf.tensor(pixels, [truth.length, ...shape]);
  const ys = tf.tensor(truth, [truth.length, 1]);
  const model = build(network, weights);
  const initial = model.getWeights().map((weight) => weight.clone());
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
  const predicted = predict(pixels.slice(0, batchSize * length));
  const picture = pixels.slice(0, length);
  /** @type {number[]} */
  let onePicture = [];
  const say = () => void (onePicture = predict(picture));
  const prediction = predictions && (await timed(say, predictions));
  /** @type {any[]} */
  const [someXs, someYs] = [xs, ys].map((all) => all.slice(0, batchSize));
  const train = async () => /** @type {number[]} */ (await model.trainOnBatch(someXs, someYs))[0];
  const firstLoss = await train();
  const step = steps && (await timed(train, steps));
  return { ...trained, predictions: predicted, prediction, onePicture, firstLoss, step };
}

let inGraph = 0; // milliseconds
const { run } = GraphSession.prototype;
GraphSession.prototype.run = function (/** @type {unknown[]} */ ...args) {
  const start = performance.now();
  const values = run.apply(this, args);
  inGraph += performance.now() - start;
  return values;
};

/**
 * Does something again and again; the first times decide on the graph, make it, and do not count.
 * @param {() => unknown} work
 * @param {number} calls
 * @param {number} [warmUp] calls before
 * @returns {Promise<{ whole: number, graph: number, calls: number, byGraph: number }>} milliseconds, medians, and of
 *   TensorFlow's graph in them; byGraph: how many calls ran as one
 */
async function timed(work, calls, warmUp = 20) {
  /** @type {number[][]} */
  const [whole = [], graph = []] = [[], []];
  let runs = 0;
  for (let i = -warmUp; i < calls; i++) {
    if (i === 0) runs = ModelGraph.runs;
    const [graphBefore, start] = [inGraph, performance.now()];
    await work();
    whole.push(performance.now() - start);
    graph.push(inGraph - graphBefore);
  }
  const later = (/** @type {number[]} */ times) => median(times.slice(warmUp));
  return { whole: later(whole), graph: later(graph), calls, byGraph: ModelGraph.runs - runs };
}

/** @param {(args: object) => Promise<import('../../src/index').tf.History>} train @returns {Promise<object>} seconds */
async function timedEpochs(train) {
  const ends = [performance.now()];
  const onEpochEnd = () => void ends.push(performance.now());
  const { history } = await train({ verbose: 0, callbacks: { onEpochEnd } });
  const epochs = ends.slice(1).map((end, i) => (end - Number(ends[i])) / 1000);
  return { epochs, losses: history['loss'] };
}

/**
 * The network that networks.js describes, with weights from a file where there is one.
 * @param {import('./networks').Network} network
 * @param {string} [file]
 */
function build({ size, filters, dense }, file) {
  const { layers } = tf;
  const activation = 'relu';
  const model = tf.sequential();
  model.add(layers.inputLayer({ inputShape: [size, size, 3] }));
  for (const count of filters) {
    model.add(layers.conv2d({ filters: count, kernelSize: 3, activation }));
    model.add(layers.maxPooling2d({ poolSize: 2 }));
  }
  model.add(layers.flatten());
  model.add(layers.dense({ units: dense, activation }));
  model.add(layers.dense({ units: 1, activation: 'sigmoid' }));
  model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  if (file) {
    const { buffer, byteOffset } = fs.readFileSync(file);
    let at = byteOffset;
    const weights = model.getWeights().map(({ shape, size }) => {
      at += 4 * size;
      return tf.tensor(new Float32Array(buffer, at - 4 * size, size), shape);
    });
    model.setWeights(weights);
  }
  return model;
}

/**
 * One pass through a folder; with `task.keeps` all pictures are kept, and looked at afterwards.
 * @param {any} task
 */
async function load(task) {
  const isStock = process.env['SMILE_GRAPH'] === '0';
  const start = performance.now();
  /** @type {any} */
  const dataset = isStock ? stockDataset(task) : await directory(task);
  const [asked, before] = [performance.now(), process.cpuUsage()];
  const batches = [];
  let pictures = 0;
  const iterator = await dataset.iterator();
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    const { xs, ys } = next.value;
    pictures += xs.shape[0];
    ys.dispose();
    if (task.keeps) batches.push(xs);
    else xs.dispose();
  }
  const end = performance.now();
  const { user, system } = process.cpuUsage(before); // µs
  const processors = (user + system) / 1000 / (end - asked);
  const times = { fromCall: (end - start) / 1000, pass: (end - asked) / 1000 };
  if (!task.keeps) return { ...times, pictures };
  const pixels = /** @type {Float32Array} */ (tf.concat(batches).dataSync());
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return {
    ...times,
    processors,
    pictures,
    mean,
    hash: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** @param {any} task */
function directory({ folder, imageSize, seed, batchSize, cache, shrinkOnLoad }) {
  const options = { seed, shuffle: seed !== undefined, batchSize, cache, shrinkOnLoad };
  const size = /** @type {[number, number]} */ ([imageSize, imageSize]);
  return imageDatasetFromDirectory(folder, { imageSize: size, labelMode: 'binary', ...options });
}

/**
 * What stock tfjs-node, which has no directory loader, gives the pixel values of Keras with: one picture after the other.
 * @param {any} task
 */
function stockDataset({ folder, imageSize }) {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => path.extname(name));
  const decode = (/** @type {Uint8Array} */ content) => {
    const image = /** @type {any} */ (tf.node.decodeImage(content, 3, 'int32', false));
    return tf.image.resizeBilinear(image, [imageSize, imageSize], false, true);
  };
  return {
    async *iterator() {
      for (let at = 0; at < files.length; at += 32) {
        const batch = files.slice(at, at + 32).map((file) => path.join(folder, file));
        const contents = await Promise.all(batch.map((file) => fs.promises.readFile(file)));
        const labels = batch.map((file) => [names.indexOf(path.basename(path.dirname(file)))]);
        yield { xs: tf.tidy(() => tf.stack(contents.map(decode))), ys: tf.tensor2d(labels) };
      }
    },
  };
}

/**
 * What lesson 1 does, as a script.
 * @param {any} task
 */
async function whole(task) {
  const model = build(task.network, task.weights);
  const rescaled = (await directory(task)).map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
  return timedEpochs((args) => model.fitDataset(rescaled, { ...args, epochs: task.epochs }));
}

/**
 * What the machine computes at best: a product of two square matrices.
 * @param {{ side: number, calls: number }} task
 */
async function matMul({ side, calls }) {
  const [a, b] = [tf.randomUniform([side, side]), tf.randomUniform([side, side])];
  const multiply = () => {
    const product = tf.matMul(a, b);
    product.slice([0, 0], [1, 1]).dataSync();
    product.dispose();
  };
  const { whole } = await timed(multiply, calls, 1);
  return { flopsPerSecond: (2 * side ** 3) / (whole / 1000) };
}

main();
