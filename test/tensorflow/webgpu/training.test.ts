import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { runCompiled } from '../../support/children';
import { folderWith, png, speckled } from '../../support/pictures';
import { webGpuEnvironment } from '../../support/webGpu';

/** What each process reports. */
interface Report {
  device: { kind: string; gpu?: { name: string; isSoftware: boolean }; description: string };
  optimizer: string;
  losses: Record<'sgd' | 'adam', number[]>;
  evaluation: { loss: number; accuracy: number };
  probabilities: number[];
  pixels: number[];
  svg: string;
  nativeOps: number;
  leaked: number;
  syncError: string;
}

/**
 * Trains a small network with both optimizers from equal weights, evaluates, predicts, draws and saves; on the CPU it also
 * loads what WebGPU saved. All helpers that a lesson uses take part.
 */
const WORK = `
await tf.ready();
const [pictures, own, other] = args;
const imageSize = [12, 12];
const files = ['happy/a.png', 'happy/b.png', 'sad/a.png', 'sad/b.png'].map((name) => pictures + '/' + name);
const dataset = await lab.imageDatasetFromDirectory(pictures, { imageSize, batchSize: 4, labelMode: 'binary', shuffle: false });
const scaled = dataset.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));

const { binding } = tf.findBackend('tensorflow');
let isCounting = false, nativeOps = 0;
const executeOp = binding.executeOp;
tf.findBackend('tensorflow').binding = Object.create(binding, {
  executeOp: { value: (...op) => { if (isCounting) nativeOps += 1; return executeOp.apply(binding, op); } },
});

function build(optimizer) {
  const glorot = (seed) => tf.initializers.glorotUniform({ seed });
  const model = tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: [12, 12, 3], filters: 4, kernelSize: 3, activation: 'relu', kernelInitializer: glorot(1) }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: glorot(2) }),
  ] });
  model.compile({ optimizer, loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return model;
}
async function losses(model, epochs) {
  const [batch] = await scaled.toArray();
  isCounting = true;
  const { history } = await model.fit(batch.xs.clone(), batch.ys.clone(), { epochs, batchSize: 2, shuffle: false, verbose: 0 });
  isCounting = false;
  tf.dispose(batch);
  return history.loss;
}
const sgd = build(tf.train.sgd(0.1));
const report = { device: lab.trainingDevice(), losses: { sgd: await losses(sgd, 5) } };
sgd.dispose();

const model = build('adam');
report.optimizer = model.optimizer.constructor.name;
report.losses.adam = await losses(model, 5);
const history = await model.fitDataset(scaled, { epochs: 1, verbose: 0, callbacks: [lab.showProgress(), lab.stopAtAccuracy({ accuracy: 1, print: () => {} })] });
const trained = { model, classNames: ['happy', 'sad'], input: { imageSize, rescale: { scale: 1 / 255 } } };
report.evaluation = await lab.evaluateClassifier(trained, scaled);
await lab.saveClassifier(trained, own);
model.dispose();

const classifier = await lab.loadClassifier(other || own);
const before = tf.memory().numTensors;
report.probabilities = [];
for (const file of files) {
  const { probabilities } = await lab.predictPicture(classifier, file);
  report.probabilities.push(probabilities[1]);
}
const picture = await lab.loadImage(files[0], { imageSize: [3, 3] });
report.pixels = Array.from(await picture.data());
const batch = picture.expandDims(0);
report.svg = await lab.drawPictures(files, { captions: files.map((file) => file.at(-5)) }) + await lab.drawPictures(batch, { range: [0, 255] });
tf.dispose([picture, batch]);
report.leaked = tf.memory().numTensors - before;
report.nativeOps = nativeOps;
try { tf.scalar(2).square().mul(tf.ones([2000])).dataSync(); } catch (error) { report.syncError = error.message; }
console.log(JSON.stringify(report));
`;

let onGpu: Report;
let onCpu: Report;

beforeAll(async () => {
  const pictures = await folderWith({
    'happy/a.png': await speckled(17, 13, 3).png().toBuffer(),
    'happy/b.png': await png(250, 200, 10),
    'sad/a.png': await speckled(17, 13, 3).negate().png().toBuffer(),
    'sad/b.png': await png(10, 40, 90),
  });
  const models = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const saved = path.join(models, 'webgpu');
  const report = async (folders: string[], env: NodeJS.ProcessEnv): Promise<Report> => {
    const { status, stdout, stderr } = await runCompiled(WORK, [pictures, ...folders], { env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout) as Report;
  };
  onGpu = await report([saved], webGpuEnvironment);
  onCpu = await report([path.join(models, 'cpu'), saved], { SMILE_DEVICE: 'cpu' });
});

/** Sums of float32 in another order differ by some 1e-7, and training carries that on: 6e-7 was seen after five epochs. */
const FLOAT = 1e-5;

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance),
  );
}

test('trainingDevice() names software that stands in for a GPU, and says that it is slow', () => {
  expect(onGpu.device).toMatchObject({
    kind: 'webgpu',
    gpu: { name: expect.stringContaining('SwiftShader'), isSoftware: true },
    description: expect.stringMatching(
      /^WebGPU trains by software on the CPU: .*SwiftShader.*\. No GPU was found; this is many times slower than SMILE_DEVICE=cpu\.$/,
    ),
  });
  expect(onCpu.device.kind).toBe('cpu');
});

test.each(['sgd', 'adam'] as const)(
  'a training with %s takes the same course on WebGPU as on the CPU from equal weights',
  (optimizer) => {
    const { [optimizer]: losses } = onGpu.losses;
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    expectClose(losses, onCpu.losses[optimizer], FLOAT);
  },
);

test('a training on WebGPU asks nothing of the native library, and takes Keras Adam', () => {
  expect(onGpu.nativeOps).toBe(0);
  expect(onCpu.nativeOps).toBeGreaterThan(0);
  expect([onGpu.optimizer, onCpu.optimizer]).toEqual(['KerasAdam', 'KerasAdam']);
});

test('evaluateClassifier() gives the same on both', () => {
  expect(onGpu.evaluation.accuracy).toBe(onCpu.evaluation.accuracy);
  expectClose([onGpu.evaluation.loss], [onCpu.evaluation.loss], FLOAT);
});

test('what saveClassifier() wrote on WebGPU predicts the same on the CPU', () => {
  expectClose(onCpu.probabilities, onGpu.probabilities, FLOAT);
});

test('loadImage() and drawPictures() give the very same pictures on both', () => {
  expect(onGpu.pixels).toEqual(onCpu.pixels);
  expect(onGpu.svg).toBe(onCpu.svg);
});

test('predicting and drawing leave no tensors behind on WebGPU', () => {
  expect(onGpu.leaked).toBe(0);
});

test('a read that cannot wait says what to write instead', () => {
  expect(onGpu.syncError).toBe(
    'Cannot wait for WebGPU within a statement: await tensor.data() or await tensor.array() is required, got dataSync(), arraySync() or print()',
  );
  expect(onCpu.syncError).toBeUndefined();
});
