import { tf } from '../tensorflow/tf';

type Initializer = ReturnType<typeof tf.initializers.glorotUniform>;

/** Turns pictures into one number a filter, for the last layer; `glorot` draws the weights of one layer, other ones each time. */
export type Architecture = (
  pictures: tf.SymbolicTensor,
  glorot: () => Initializer,
) => tf.SymbolicTensor;

const FILTERS = [16, 32, 64] as const;

/** How networks can be built that end with the mean of each map, and not with a dense layer of many weights. */
export const ARCHITECTURES = {
  /** Convolutions and poolings alone. */
  fullyConvolutional(pictures, glorot) {
    const shrunk = FILTERS.reduce(
      (maps, filters) => shrink(convolve(maps, filters, glorot)),
      pictures,
    );
    return mean(convolve(shrunk, FILTERS[2], glorot));
  },

  /**
   * What two convolutions find is added to what came in, so that deep networks learn, too.
   *
   * Source: He et al. 2015, https://arxiv.org/abs/1512.03385, figure 2, here without batch normalization
   */
  residual(pictures, glorot) {
    const first = convolve(pictures, FILTERS[0], glorot);
    return mean(
      FILTERS.reduce((maps, filters) => shrink(residualBlock(maps, filters, glorot)), first),
    );
  },

  /**
   * Each convolution looks at one map after the other, and mixes them afterwards: about an eighth of the weights.
   *
   * Source: Chollet 2016, https://arxiv.org/abs/1610.02357, figure 4
   */
  separable(pictures, glorot) {
    const first = shrink(convolve(pictures, FILTERS[0], glorot));
    const maps = [...FILTERS.slice(1), FILTERS[2]].map((filters, i) => ({
      filters,
      isLast: i === 2,
    }));
    return mean(
      maps.reduce((before, { filters, isLast }) => {
        const found = apply(
          tf.layers.separableConv2d({
            ...{ filters, kernelSize: 3, padding: 'same', activation: 'relu' },
            ...{ depthwiseInitializer: glorot(), pointwiseInitializer: glorot() },
          }),
          before,
        );
        return isLast ? found : shrink(found);
      }, first),
    );
  },
} satisfies Record<string, Architecture>;

function residualBlock(
  maps: tf.SymbolicTensor,
  filters: number,
  glorot: () => Initializer,
): tf.SymbolicTensor {
  const found = convolve(convolve(maps, filters, glorot), filters, glorot, {
    activation: 'linear',
  });
  const isSame = maps.shape.at(-1) === filters;
  const way = isSame
    ? maps
    : convolve(maps, filters, glorot, { kernelSize: 1, activation: 'linear' });
  const sum = apply(tf.layers.add(), [found, way]);
  return apply(tf.layers.activation({ activation: 'relu' }), sum);
}

function convolve(
  maps: tf.SymbolicTensor,
  filters: number,
  glorot: () => Initializer,
  other: { kernelSize?: number; activation?: 'linear' } = {},
): tf.SymbolicTensor {
  const usual = { filters, kernelSize: 3, padding: 'same', activation: 'relu' } as const;
  return apply(tf.layers.conv2d({ ...usual, ...other, kernelInitializer: glorot() }), maps);
}

const shrink = (maps: tf.SymbolicTensor): tf.SymbolicTensor =>
  apply(tf.layers.maxPooling2d({ poolSize: 2 }), maps);

const mean = (maps: tf.SymbolicTensor): tf.SymbolicTensor =>
  apply(tf.layers.globalAveragePooling2d({}), maps);

const apply = (layer: tf.layers.Layer, inputs: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
  layer.apply(inputs) as tf.SymbolicTensor;
