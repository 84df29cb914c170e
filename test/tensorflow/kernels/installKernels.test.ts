import { tf } from '../../../src/tensorflow/native/tfjs';
import { runCompiled } from '../../support/children';

const kernelOf = (name: string) => tf.getKernel(name, 'tensorflow');
const classes = () => Object.entries(tf.serialization.SerializationMap.getMap().classNameMap);
const stockClasses = classes();

/** All of tfjs's that could be replaced, by its name. */
function replaceable(): Map<string, unknown> {
  const names = tf.getKernelsForBackend('tensorflow').map(({ kernelName }) => kernelName);
  return new Map([
    ...names.map((name): [string, unknown] => [`kernel ${name}`, kernelOf(name)]),
    ...names.map((name): [string, unknown] => [`gradient ${name}`, tf.getGradient(name)]),
    ...classes().map(([name, [cls]]): [string, unknown] => [`class ${name}`, cls]),
    ...stockClasses.flatMap(([name, [cls]]) => methodsOf(name, cls)),
    ...methodsOf('LayersModel', tf.LayersModel),
    ...methodsOf('Sequential', tf.Sequential),
    ...Object.entries(tf.train).map(([name, make]): [string, unknown] => [`train ${name}`, make]),
  ]);
}

function methodsOf(name: string, { prototype }: { prototype: object }): Array<[string, unknown]> {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([, { value }]) => value !== undefined)
    .map(([method, { value }]) => [`${name}.${method}`, value]);
}

function changed(before: Map<string, unknown>): string[] {
  const now = replaceable();
  return [...new Set([...before.keys(), ...now.keys()])].filter(
    (name) => now.get(name) !== before.get(name),
  );
}

test('SMILE_STOCK_KERNELS=1 and SMILE_GRAPH=0 leave all of tfjs as it is', async () => {
  const stock = replaceable();
  process.env['SMILE_STOCK_KERNELS'] = '1';
  process.env['SMILE_GRAPH'] = '0';
  try {
    await import('../../../src/tensorflow/tf');
  } finally {
    delete process.env['SMILE_STOCK_KERNELS'];
    delete process.env['SMILE_GRAPH'];
  }
  expect(changed(stock)).toEqual([]);
  const adam = tf.train.adam();
  expect(adam.constructor).toBe(tf.AdamOptimizer);
  adam.dispose();
});

test('without SMILE_STOCK_KERNELS the kernels are installed once, and nothing else is replaced', async () => {
  const stock = replaceable();
  const { installKernels } = await import('../../../src/tensorflow/kernels/installKernels');
  installKernels();
  expect(changed(stock).sort()).toEqual([
    'Conv2D.call',
    'class Adam',
    'gradient Add',
    'gradient BiasAddGrad',
    'gradient ClipByValue',
    'gradient Conv2D',
    'gradient Conv2DWithBias',
    'gradient Max',
    'gradient Relu',
    'gradient ReluGrad',
    'gradient ResizeBilinear',
    'gradient ResizeNearestNeighbor',
    'gradient Sigmoid',
    'gradient Softmax',
    'kernel BiasAddGrad',
    'kernel Conv2DWithBias',
    'kernel FusedConv2D',
    'kernel MaxPool',
    'kernel MaxPoolGrad',
    'kernel ReluGrad',
    'kernel Transform',
    'train adam',
  ]);

  const installed = replaceable();
  installKernels();
  expect(changed(installed)).toEqual([]);
});

test.each([
  // tfjs: 0.01 · m̂ / (sqrt(v̂) + ε) with m̂ = sqrt(v̂) = ε = 1e-7
  ['of tfjs', { SMILE_STOCK_KERNELS: '1', SMILE_GRAPH: '0' }, 1 - 0.01 / 2],
  // Keras: 0.01 · sqrt(0.001) · g / (sqrt(0.001) · g + ε) with g = ε
  ['of Keras', {}, 1 - (0.01 * Math.sqrt(0.001)) / (Math.sqrt(0.001) + 1)],
])('a step of Adam has the epsilon in the place %s with %j', async (_, env, expected) => {
  const { stdout, stderr } = await runCompiled(
    `const weights = [];
    for (const byName of [true, false]) {
      const model = tf.sequential({
        layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'ones' })],
      });
      model.compile({ optimizer: byName ? 'adam' : tf.train.adam(), loss: 'meanAbsoluteError' });
      model.optimizer.learningRate = 0.01;
      // The gradient is the input.
      await model.trainOnBatch(tf.tensor2d([[1e-7]]), tf.tensor2d([[-1]]));
      weights.push(model.getWeights()[0].dataSync()[0]);
    }
    console.log(JSON.stringify(weights));`,
    [],
    { env },
  );
  expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^\[/), stderr: '' });
  for (const weight of JSON.parse(stdout) as number[]) expect(weight).toBeCloseTo(expected, 6);
});

test('the tf of smile-lab is the tf of a plain import, so plain tfjs code has the kernels as well', async () => {
  const smileLab = await import('../../../src/tensorflow/tf');
  const plain = await import('@tensorflow/tfjs-node-gpu');
  expect(smileLab.tf.engine()).toBe(plain.engine());
  expect(plain.getKernel('ReluGrad', 'tensorflow')).toBeDefined();
});
