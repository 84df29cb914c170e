import { brightening } from '../../../src/images/augmenting/brightening';
import { contrasting } from '../../../src/images/augmenting/contrasting';
import { erasing } from '../../../src/images/augmenting/erasing';
import { flipping } from '../../../src/images/augmenting/flipping';
import { turning } from '../../../src/images/augmenting/turning';
import { moving } from '../../../src/images/augmenting/moving';
import { zooming } from '../../../src/images/augmenting/zooming';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

/** Four pictures, not square, so that rows and columns cannot be taken for each other. */
const SHAPE: [number, number, number, number] = [4, 7, 10, 3];

/** Keras changes pictures by the numbers that are given here, without drawing any. */
const KERAS = `
import json, math, numpy as np, keras
from keras import layers as L
rng = np.random.default_rng(1)
x = rng.uniform(0, 255, (4, 7, 10, 3)).astype('float32')
shape = x.shape
column = lambda *values: np.array(values, 'float32').reshape(-1, 1)
each = lambda *values: np.array(values).reshape(-1, 1, 1, 1)
told = {}

def told_by(name, layer, transformation):
    y = layer.transform_images(keras.ops.convert_to_tensor(x), transformation, training=True)
    told[name] = np.asarray(y).ravel().tolist()

flips = each(True, False, True, False)
for mode in ['horizontal', 'vertical', 'horizontal_and_vertical']:
    told_by(f'flip {mode}', L.RandomFlip(mode), {'flips': flips, 'input_shape': shape})

turns = [0.1, -0.3, 0.5, 0]
def rotated(name, **settings):
    layer = L.RandomRotation(0.5, **settings)
    n, zeros = len(turns), np.zeros(4, 'float32')
    matrix = layer._compute_affine_matrix(center_x=0.5, center_y=0.5, angle=keras.ops.convert_to_tensor(np.array(turns, 'float32') * 360),
        translate_x=zeros, translate_y=zeros, scale=np.ones(4, 'float32'), shear_x=zeros, shear_y=zeros, height=7, width=10)
    told_by(name, layer, {'rotation_matrix': matrix})

def zoomed(name, **settings):
    told_by(name, L.RandomZoom(0.5, 0.5, **settings),
        {'height_zoom': column(0.5, 1.5, 1, 0.8), 'width_zoom': column(1.2, 0.4, 2, 0.8), 'input_shape': shape})

def moved(name, **settings):
    down, right = column(0.25, -0.5, 0, 0.1), column(0.1, 0.33, -1, 0)
    told_by(name, L.RandomTranslation(0.5, 0.5, **settings),
        {'translations': np.concatenate([right * 10, down * 7], 1), 'input_shape': shape})

for kind, make in {'rotation': rotated, 'zoom': zoomed, 'translation': moved}.items():
    for mode in ['reflect', 'constant', 'wrap', 'nearest']:
        for interpolation in ['bilinear', 'nearest']:
            make(f'{kind} {mode} {interpolation}', fill_mode=mode, fill_value=9.5, interpolation=interpolation)

told_by('contrast', L.RandomContrast(1.0), {'contrast_factor': each(0.5, 1, 2, 0).astype('float32')})
told_by('contrast 10–200', L.RandomContrast(1.0, value_range=(10, 200)), {'contrast_factor': each(0.5, 1, 2, 0).astype('float32')})
told_by('brightness', L.RandomBrightness(1.0), {'rgb_delta': each(0.5, -0.25, 1, 0).astype('float32') * 255})
told_by('brightness 0–300', L.RandomBrightness(1.0, value_range=(0, 300)), {'rgb_delta': each(0.5, -0.25, 1, 0).astype('float32') * 300})

edges = [np.array(side, 'float32') for side in ([1.5, 0, 3, 2], [4.2, 10, 3.5, 9], [0, 2.5, 1, 0.1], [7, 3.5, 6, 0.9])]
def erased(name, value):
    layer = L.RandomErasing(fill_value=value)
    told_by(name, layer, {'apply_erasing': np.array([True, True, True, False]),
        'batch_masks': layer._generate_batch_mask(shape, edges), 'fill_value': layer._get_fill_value(x, shape, 1)})
erased('erasing 300', 300.0)
erased('erasing colour', [1.0, 20.0, 300.0])

print(json.dumps({'x': x.ravel().tolist(), 'told': told}))
`;

const column = (...values: number[]) => tf.tensor2d(values, [4, 1]);
const each = (...values: number[]) => tf.tensor4d(values, [4, 1, 1, 1]);
const yesOrNo = (...values: boolean[]) => tf.tensor4d(values, [4, 1, 1, 1], 'bool');

/** The same with the same numbers here, by Keras' names. */
const ours: Record<string, (x: tf.Tensor4D) => tf.Tensor> = {};
const flips = () => yesOrNo(true, false, true, false);
ours['flip horizontal'] = (x) => flipping.change(x, { flips: flips() }, { mode: 'horizontal' });
ours['flip vertical'] = (x) => flipping.change(x, { flips: flips() }, { mode: 'vertical' });
ours['flip horizontal_and_vertical'] = (x) => flipping.change(x, { flips: flips() }, {});
for (const fillMode of ['reflect', 'constant', 'wrap', 'nearest'] as const) {
  for (const interpolation of ['bilinear', 'nearest'] as const) {
    const filling = { fillMode, fillValue: 9.5, interpolation };
    const how = `${fillMode} ${interpolation}`;
    ours[`rotation ${how}`] = (x) =>
      turning.change(x, { turns: column(0.1, -0.3, 0.5, 0) }, { factor: 0.5, ...filling });
    ours[`zoom ${how}`] = (x) => {
      const drawn = { heights: column(0.5, 1.5, 1, 0.8), widths: column(1.2, 0.4, 2, 0.8) };
      return zooming.change(x, drawn, { heightFactor: 0.5, ...filling });
    };
    ours[`translation ${how}`] = (x) => {
      const drawn = { down: column(0.25, -0.5, 0, 0.1), right: column(0.1, 0.33, -1, 0) };
      return moving.change(x, drawn, { heightFactor: 1, widthFactor: 1, ...filling });
    };
  }
}
const contrasts = () => each(0.5, 1, 2, 0);
ours['contrast'] = (x) => contrasting.change(x, { contrasts: contrasts() }, { factor: 1 });
ours['contrast 10–200'] = (x) =>
  contrasting.change(x, { contrasts: contrasts() }, { factor: 1, valueRange: [10, 200] });
const shifts = () => each(0.5, -0.25, 1, 0);
ours['brightness'] = (x) => brightening.change(x, { shifts: shifts() }, { factor: 1 });
ours['brightness 0–300'] = (x) =>
  brightening.change(x, { shifts: shifts() }, { factor: 1, valueRange: [0, 300] });
const erase = (x: tf.Tensor4D, filling: tf.Tensor) => {
  const edges = [
    each(1.5, 0, 3, 2),
    each(4.2, 10, 3.5, 9),
    each(0, 2.5, 1, 0.1),
    each(7, 3.5, 6, 0.9),
  ];
  return erasing.change(x, { edges, isErased: yesOrNo(true, true, true, false), filling }, {});
};
ours['erasing 300'] = (x) => erase(x, tf.tensor1d([255]));
ours['erasing colour'] = (x) => erase(x, tf.tensor1d([1, 20, 255]));

let keras: { x: number[]; told: Record<string, number[]> };
beforeAll(async () => {
  keras = await runPython(KERAS);
});

test.each(Object.keys(ours))('%s gives the pixels of Keras', (name) => {
  const pixels = tf.tidy(() => [...ours[name]!(tf.tensor4d(keras.x, SHAPE)).dataSync()]);
  const expected = keras.told[name]!;
  expect(pixels).toHaveLength(expected.length);
  const apart = pixels.map((value, i) => Math.abs(value - expected[i]!));
  expect(Math.max(...apart)).toBeLessThan(1e-3); // of 255
  // It does something.
  expect(Math.max(...pixels.map((value, i) => Math.abs(value - keras.x[i]!)))).toBeGreaterThan(1);
});

test('Keras was asked for nothing else', () => {
  expect(Object.keys(keras.told).sort()).toEqual(Object.keys(ours).sort());
});
