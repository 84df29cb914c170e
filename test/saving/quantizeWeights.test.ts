import { rm } from 'node:fs/promises';
import path from 'node:path';

import { openModel } from '../../src/saving/loadClassifier';
import { quantizeWeights, type TfjsQuantization } from '../../src/saving/quantizeWeights';
import { saveTfjs } from '../../src/saving/saveTfjs';
import { predictionOf, smallClassifier } from '../support/classifier';
import { folderWith } from '../support/pictures';

function quantized(name: string, values: number[], dtype: TfjsQuantization) {
  const spec = { name, shape: [values.length], dtype: 'float32' as const };
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return quantizeWeights([spec], bytes, dtype);
}

test('uint8 keeps a kernel in 255 steps of its range, 0 among them', () => {
  // 2.55 wide, so that a step is 0.01, and 0 is the 100th.
  const { specs, weights } = quantized('conv/kernel', [-1, -0.3, 0, 0.204, 1.55], 'uint8');
  expect(Array.from(weights)).toEqual([0, 70, 100, 120, 255]);
  const { scale, min } = specs[0]!.quantization as { scale: number; min: number };
  expect([scale, min]).toEqual([expect.closeTo(0.01, 7), expect.closeTo(-1, 5)]);
  expect(100 * scale + min).toBe(0);
});

test('uint16 keeps it in 65,535 steps, and one value alone as it is', () => {
  const { weights } = quantized('a/kernel', [0, 0.5, 1], 'uint16');
  expect(Array.from(new Uint16Array(Uint8Array.from(weights).buffer))).toEqual([0, 32768, 65535]);
  const { specs } = quantized('a/kernel', [3, 3], 'uint16');
  expect(specs[0]!.quantization).toEqual({ dtype: 'uint16', scale: 1, min: 3 });
});

test.each(['bias', 'gamma', 'moving_variance', 'depthwise_kernel', 'kernels/mean'])(
  'uint8 leaves %s as it is',
  (name) => {
    const { specs, weights } = quantized(`layer/${name}`, [1, 2], 'uint8');
    expect(specs[0]).not.toHaveProperty('quantization');
    expect(weights).toHaveLength(8);
  },
);

test.each(['kernel', 'kernel_1', 'pointwise_kernel', 'recurrent_kernel', 'embeddings'])(
  'uint8 rounds %s',
  (name) => {
    expect(quantized(`layer/${name}`, [1, 2], 'uint8').weights).toHaveLength(2);
  },
);

test('float16 rounds as numpy does, also below its least normal number', () => {
  // numpy.array(values, 'float32').astype('float16').view('uint16')
  const values = [0, 1, -2.5, 0.1, 65504, 6e-8, 3e-8, 2.9802322e-8, 1e-5, 2049, 2051, -1e-9];
  const { weights } = quantized('a/bias', values, 'float16');
  expect(Array.from(new Uint16Array(Uint8Array.from(weights).buffer))).toEqual([
    0, 15360, 49408, 11878, 31743, 1, 1, 0, 168, 26624, 26626, 32768,
  ]);
});

test.each<[TfjsQuantization, number]>([
  ['float16', 70_000],
  ['float16', NaN],
  ['uint8', Infinity],
  ['uint16', NaN],
])('%s leaves a weight in 32 bits that holds %p, which it could not hold', (dtype, value) => {
  const { specs, weights } = quantized('a/kernel', [1, value], dtype);
  expect(specs[0]).not.toHaveProperty('quantization');
  expect(Array.from(new Float32Array(Uint8Array.from(weights).buffer))).toEqual([1, value]);
});

test.each<[TfjsQuantization, number]>([
  ['float16', 3],
  ['uint16', 4],
  ['uint8', 2],
])('a model saved in %s answers nearly as before, read by tfjs', async (quantize, digits) => {
  const folder = await folderWith({});
  const classifier = smallClassifier(1);
  await saveTfjs(classifier, path.join(folder, 'model'), { quantize });
  const { model, smileLab } = await openModel(path.join(folder, 'model'));
  expect(smileLab).toMatchObject({ classNames: ['happy', 'sad'] });
  const [before] = predictionOf(classifier);
  const [after] = predictionOf({ ...classifier, model });
  expect(after).toBeCloseTo(before!, digits);
  expect(after).not.toBe(before);
  for (const each of [model, classifier.model]) each.dispose();
  await rm(folder, { recursive: true });
});
