import { tf } from '../../src/tensorflow/tf';

/** A layer that is built alike in tfjs and in Keras. */
type LayerSpec =
  | {
      kind: 'conv';
      filters: number;
      size: number;
      bias?: boolean;
      strides?: number;
      padding?: 'same' | 'valid';
      activation?: 'relu' | 'linear' | 'sigmoid' | 'tanh' | 'elu';
    }
  | { kind: 'depthwise'; size: number }
  | { kind: 'maxPool' | 'averagePool'; size: number; padding?: 'same' | 'valid' }
  | { kind: 'globalAveragePool' | 'flatten' | 'batchNorm' | 'relu' }
  | {
      kind: 'dense';
      units: number;
      activation?: 'relu' | 'sigmoid' | 'softmax' | 'tanh' | 'linear';
    }
  | { kind: 'dropout'; rate: number }
  | { kind: 'branches'; left: LayerSpec[]; right: LayerSpec[]; merge: 'add' | 'concatenate' };

export interface ModelSpec {
  name: string;
  /** Height, width and channels of the pictures. */
  input: [number, number, number];
  layers: LayerSpec[];
  loss: 'binaryCrossentropy' | 'categoricalCrossentropy' | 'meanSquaredError';
  batch: number;
}

const binary: LayerSpec[] = [{ kind: 'dense', units: 1, activation: 'sigmoid' }];

/** Models of every kind that the lessons and their exercises build, small. */
export const modelFamily: ModelSpec[] = [
  ...(['same', 'valid'] as const).flatMap((padding) =>
    [1, 2].map((strides): ModelSpec => ({
      name: `conv ${padding} strides ${strides}`,
      input: [13, 12, 3],
      layers: [
        { kind: 'conv', filters: 6, size: 3, strides, padding, activation: 'relu' },
        { kind: 'maxPool', size: 2, padding },
        { kind: 'conv', filters: 4, size: 2, padding, activation: 'tanh' },
        { kind: 'flatten' },
        { kind: 'dense', units: 7, activation: 'relu' },
        ...binary,
      ],
      loss: 'binaryCrossentropy',
      batch: 6,
    })),
  ),
  {
    name: 'depthwise',
    input: [10, 10, 3],
    layers: [
      { kind: 'conv', filters: 5, size: 3, activation: 'elu' },
      { kind: 'depthwise', size: 3 },
      { kind: 'averagePool', size: 2 },
      { kind: 'flatten' },
      { kind: 'dense', units: 2, activation: 'softmax' },
    ],
    loss: 'categoricalCrossentropy',
    batch: 5,
  },
  {
    name: 'batch norm',
    input: [9, 9, 2],
    layers: [
      // Without a bias, as usual before a batch norm, which takes it away: its gradient would be 0 but for rounding.
      { kind: 'conv', filters: 6, size: 3, bias: false },
      { kind: 'batchNorm' },
      { kind: 'relu' },
      { kind: 'conv', filters: 5, size: 3, bias: false },
      { kind: 'batchNorm' },
      { kind: 'relu' },
      { kind: 'globalAveragePool' },
      ...binary,
    ],
    loss: 'binaryCrossentropy',
    batch: 12,
  },
  {
    name: 'dropout',
    input: [8, 8, 3],
    layers: [
      { kind: 'conv', filters: 6, size: 3, activation: 'relu' },
      { kind: 'dropout', rate: 0.25 },
      { kind: 'flatten' },
      { kind: 'dense', units: 16, activation: 'relu' },
      { kind: 'dropout', rate: 0.5 },
      ...binary,
    ],
    loss: 'binaryCrossentropy',
    batch: 8,
  },
  ...(['add', 'concatenate'] as const).map((merge): ModelSpec => ({
    name: `two branches, ${merge}`,
    input: [10, 8, 3],
    layers: [
      { kind: 'conv', filters: 4, size: 3, padding: 'same', activation: 'relu' },
      {
        kind: 'branches',
        left: [{ kind: 'conv', filters: 4, size: 3, padding: 'same', activation: 'relu' }],
        right: [{ kind: 'conv', filters: 4, size: 1, padding: 'same', activation: 'sigmoid' }],
        merge,
      },
      { kind: 'maxPool', size: 2 },
      { kind: 'flatten' },
      { kind: 'dense', units: 4, activation: 'softmax' },
    ],
    loss: 'categoricalCrossentropy',
    batch: 7,
  })),
  {
    name: 'regression',
    input: [6, 6, 1],
    layers: [
      { kind: 'flatten' },
      { kind: 'dense', units: 9, activation: 'tanh' },
      { kind: 'dense', units: 3, activation: 'linear' },
    ],
    loss: 'meanSquaredError',
    batch: 4,
  },
];

/** How many numbers the model gives for a picture. */
export function outputsOf({ layers }: ModelSpec): number {
  return (layers.at(-1) as { units: number }).units;
}

/**
 * A fresh model with weights that depend on the spec alone, not compiled. Layers are called "layer0", "layer1" and so
 * on, in the order of the spec.
 */
export function buildModel(spec: ModelSpec): tf.LayersModel {
  let count = 0;
  const seed = () => ({ seed: 100 + count });
  const build = (layers: LayerSpec[], x: tf.SymbolicTensor): tf.SymbolicTensor =>
    layers.reduce((input, layer) => {
      if (layer.kind === 'branches') {
        const sides = [build(layer.left, input), build(layer.right, input)];
        const name = `layer${count++}`;
        const merge =
          layer.merge === 'add' ? tf.layers.add({ name }) : tf.layers.concatenate({ name });
        return merge.apply(sides) as tf.SymbolicTensor;
      }
      const made = makeLayer(layer, `layer${count}`, tf.initializers.glorotUniform(seed()));
      count++;
      return made.apply(input) as tf.SymbolicTensor;
    }, x);
  const input = tf.input({ shape: spec.input });
  return tf.model({ inputs: input, outputs: build(spec.layers, input) });
}

function makeLayer(
  layer: Exclude<LayerSpec, { kind: 'branches' }>,
  name: string,
  kernelInitializer: ReturnType<typeof tf.initializers.glorotUniform>,
): tf.layers.Layer {
  // Not zero, for a bias must not hide in a sum.
  const biasInitializer = tf.initializers.constant({ value: 0.05 });
  switch (layer.kind) {
    case 'conv': {
      const { filters, size: kernelSize, strides = 1, padding = 'valid', activation } = layer;
      const useBias = layer.bias ?? true;
      return tf.layers.conv2d({
        name,
        filters,
        kernelSize,
        strides,
        padding,
        activation: activation ?? 'linear',
        kernelInitializer,
        useBias,
        biasInitializer,
      });
    }
    case 'depthwise':
      return tf.layers.depthwiseConv2d({
        name,
        kernelSize: layer.size,
        depthwiseInitializer: kernelInitializer,
        biasInitializer,
      });
    case 'maxPool':
      return tf.layers.maxPooling2d({
        name,
        poolSize: layer.size,
        padding: layer.padding ?? 'valid',
      });
    case 'averagePool':
      return tf.layers.averagePooling2d({
        name,
        poolSize: layer.size,
        padding: layer.padding ?? 'valid',
      });
    case 'globalAveragePool':
      return tf.layers.globalAveragePooling2d({ name });
    case 'flatten':
      return tf.layers.flatten({ name });
    case 'relu':
      return tf.layers.reLU({ name });
    case 'batchNorm':
      return tf.layers.batchNormalization({ name });
    case 'dense':
      return tf.layers.dense({
        name,
        units: layer.units,
        activation: layer.activation ?? 'linear',
        kernelInitializer,
        biasInitializer,
      });
    case 'dropout':
      return tf.layers.dropout({ name, rate: layer.rate, seed: 7 });
  }
}

/** The same batch for a spec at each call: pictures from 0 to 1 and targets; the caller disposes both. */
export function makeBatch(spec: ModelSpec, seed = 1): { xs: tf.Tensor; ys: tf.Tensor } {
  const units = outputsOf(spec);
  return tf.tidy(() => {
    const xs = tf.randomUniform([spec.batch, ...spec.input], 0, 1, 'float32', seed);
    const random = tf.randomUniform([spec.batch, units], 0, 1, 'float32', seed + 1);
    if (spec.loss === 'meanSquaredError') return { xs, ys: random };
    if (units === 1) return { xs, ys: random.greater(0.5).toFloat() };
    return { xs, ys: tf.oneHot(random.argMax(1).toInt(), units).toFloat() };
  });
}

/** Numbers that survive JSON: a tensor's shape and values. */
export interface PlainTensor {
  shape: number[];
  values: number[];
}

export function toPlain(tensor: tf.Tensor): PlainTensor {
  return { shape: tensor.shape, values: Array.from(tensor.dataSync()) };
}

/** A model's weights by layer, in the order of the layer's own. */
export function weightsByLayer(model: tf.LayersModel): Record<string, PlainTensor[]> {
  return Object.fromEntries(
    model.layers
      .filter((layer) => layer.weights.length > 0)
      .map((layer) => [layer.name, layer.weights.map((weight) => toPlain(weight.read()))]),
  );
}

/**
 * Python that builds the models of {@link modelFamily} in Keras: `build(spec)`, `set_weights(model, weights)`,
 * `tensor(plain)`. A Dropout layer is a multiplication by a further input of the model, its mask.
 */
export const kerasFamily = `
import json, sys
import numpy as np
import tensorflow as tf
import keras

def tensor(plain):
    return np.array(plain['values'], 'float32').reshape(plain['shape'])

def build(spec):
    count = 0
    def name():
        nonlocal count
        count += 1
        return 'layer%d' % (count - 1)
    def apply(layers, x):
        for l in layers:
            k = l['kind']
            if k == 'branches':
                sides = [apply(l['left'], x), apply(l['right'], x)]
                merge = keras.layers.Add if l['merge'] == 'add' else keras.layers.Concatenate
                x = merge(name=name())(sides)
            elif k == 'conv':
                x = keras.layers.Conv2D(l['filters'], l['size'], strides=l.get('strides', 1), padding=l.get('padding', 'valid'), activation=l.get('activation', 'linear'), use_bias=l.get('bias', True), name=name())(x)
            elif k == 'depthwise':
                x = keras.layers.DepthwiseConv2D(l['size'], name=name())(x)
            elif k == 'maxPool':
                x = keras.layers.MaxPooling2D(l['size'], padding=l.get('padding', 'valid'), name=name())(x)
            elif k == 'averagePool':
                x = keras.layers.AveragePooling2D(l['size'], padding=l.get('padding', 'valid'), name=name())(x)
            elif k == 'globalAveragePool':
                x = keras.layers.GlobalAveragePooling2D(name=name())(x)
            elif k == 'flatten':
                x = keras.layers.Flatten(name=name())(x)
            elif k == 'relu':
                x = keras.layers.ReLU(name=name())(x)
            elif k == 'batchNorm':
                x = keras.layers.BatchNormalization(name=name())(x)
            elif k == 'dense':
                x = keras.layers.Dense(l['units'], activation=l.get('activation', 'linear'), name=name())(x)
            elif k == 'dropout':
                mask = keras.Input(tuple(x.shape[1:]), name='mask_' + name())
                masks.append(mask)
                x = keras.layers.Multiply()([x, mask])
        return x
    masks = []
    x = keras.Input(tuple(spec['input']))
    y = apply(spec['layers'], x)
    return keras.Model([x, *masks], y)

def set_weights(model, weights):
    for layer, arrays in weights.items():
        model.get_layer(layer).set_weights([tensor(a) for a in arrays])

def plain(array):
    array = np.array(array)
    return {'shape': list(array.shape), 'values': [float(v) for v in array.ravel()]}

LOSSES = {
    'binaryCrossentropy': keras.losses.BinaryCrossentropy(),
    'categoricalCrossentropy': keras.losses.CategoricalCrossentropy(),
    'meanSquaredError': keras.losses.MeanSquaredError(),
}
`;
