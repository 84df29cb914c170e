import { GlobalAverage, GlobalMax } from '../../../models/layers/globalPooling';
import type { LayerArgs } from '../../../models/layers/layerClass';
import { GlobalAveragePooling1D } from '../../../models/layers/globalAveragePooling1D';
import { tf } from '../../../tensorflow/tf';
import { padding, plain } from '../values/layerValues';
import { image, type LayerKind } from './layerKind';

const pooling: Pick<LayerKind, 'fields' | 'fixed'> = {
  fields: { pool_size: plain, strides: plain, padding },
  fixed: image,
};

/** Pooling, of windows and of all at once. */
export const poolings: readonly LayerKind[] = [
  { keras: 'MaxPooling1D', tfjs: 'MaxPooling1D', create: tf.layers.maxPooling1d, ...pooling },
  { keras: 'MaxPooling2D', tfjs: 'MaxPooling2D', create: tf.layers.maxPooling2d, ...pooling },
  {
    keras: 'AveragePooling1D',
    tfjs: 'AveragePooling1D',
    create: tf.layers.averagePooling1d,
    ...pooling,
  },
  {
    keras: 'AveragePooling2D',
    tfjs: 'AveragePooling2D',
    create: tf.layers.averagePooling2d,
    ...pooling,
  },
  ...(
    [
      ['GlobalAveragePooling1D', (args: LayerArgs) => new GlobalAveragePooling1D(args)],
      ['GlobalMaxPooling1D', tf.layers.globalMaxPooling1d],
      ['GlobalAveragePooling2D', tf.layers.globalAveragePooling2d],
      ['GlobalMaxPooling2D', tf.layers.globalMaxPooling2d],
    ] as const
  ).map(([name, create]): LayerKind => ({
    keras: name,
    tfjs: name,
    create: create as LayerKind['create'],
    fields: {},
    fixed: { ...image, keepdims: false },
  })),
  ...(
    [
      ['GlobalAveragePooling2D', GlobalAverage],
      ['GlobalMaxPooling2D', GlobalMax],
    ] as const
  ).map(([name, Keeping]): LayerKind => ({
    keras: name,
    tfjs: Keeping.className,
    create: (args) => new Keeping(args),
    fields: {},
    fixed: { ...image, keepdims: true },
  })),
];
