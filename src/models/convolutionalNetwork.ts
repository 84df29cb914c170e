import { checkWord } from '../errors/checkWord';
import { channelsOf, COLOR_MODES, type ColorMode } from '../images/formats/colorMode';
import { kerasAdam } from '../tensorflow/kerasAdam';
import { tf } from '../tensorflow/tf';
import { smoothedCrossentropy } from '../tensorflow/objective/lossesWithSettings';
import { SpatialDropout2D } from './layers/spatialDropout2D';
import { outputLayer } from './outputLayer';

/** What the networks of the exercises are made of. */
export interface Architecture {
  name: string;
  imageSize: [height: number, width: number];
  colorMode?: ColorMode | undefined;
  /** Of each convolution of 3×3, with relu, which a 2×2 max-pooling follows. */
  filters: readonly number[];
  /** Outputs of the dense layer, with relu, before the last one. */
  units: number;
  classes: number;
  seed?: number | undefined;
  dropout?: number;
  spatialDropout?: number;
  batchNormalization?: boolean;
  l1?: number;
  l2?: number;
  labelSmoothing?: number;
}

/**
 * Builds and compiles a network of an exercise, with random weights: Adam, cross-entropy, accuracy. Initial weights are drawn
 * as Keras draws them: Glorot uniform, biases 0.
 *
 * @returns a fresh compiled model that owns its optimizer; the caller disposes it
 * @throws {RangeError} when there is no such color mode
 */
export function convolutionalNetwork(architecture: Architecture): tf.Sequential {
  const { name, imageSize, colorMode = 'rgb', filters, units, classes, seed } = architecture;
  const { dropout = 0, spatialDropout = 0, batchNormalization = false } = architecture;
  const { l1 = 0, l2 = 0, labelSmoothing = 0 } = architecture;
  checkWord('Cannot build the network', 'colorMode', colorMode, COLOR_MODES);
  const inputShape = [...imageSize, channelsOf(colorMode)];
  const model = tf.sequential({ name });
  // One seed a layer: with the same one, layers of equal shape would start equal.
  const seeded = (layer: number) => (seed === undefined ? {} : { seed: seed * 100 + layer });
  const glorot = (layer: number) => tf.initializers.glorotUniform(seeded(layer));
  const regularized = () =>
    l1 === 0 && l2 === 0 ? {} : { kernelRegularizer: tf.regularizers.l1l2({ l1, l2 }) };
  const dense = filters.length;

  filters.forEach((count, layer) => {
    model.add(
      tf.layers.conv2d({
        ...(layer === 0 ? { inputShape } : {}),
        filters: count,
        kernelSize: 3,
        kernelInitializer: glorot(layer),
        ...regularized(),
        // The normalization would take a bias away again, and has one of its own.
        ...(batchNormalization ? { useBias: false } : { activation: 'relu' }),
      }),
    );
    if (batchNormalization) {
      model.add(tf.layers.batchNormalization());
      model.add(tf.layers.activation({ activation: 'relu' }));
    }
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
    if (spatialDropout > 0) {
      model.add(new SpatialDropout2D({ rate: spatialDropout, ...seeded(dense + 3 + layer) }));
    }
  });
  model.add(tf.layers.flatten()); // as [n, 17, 17, 64] -> [n, 18496]
  model.add(
    tf.layers.dense({
      units,
      activation: 'relu',
      kernelInitializer: glorot(dense),
      ...regularized(),
    }),
  );
  if (dropout > 0) model.add(tf.layers.dropout({ rate: dropout, ...seeded(dense + 2) }));
  const { layer, loss } = outputLayer(classes, glorot(dense + 1));
  model.add(layer);

  model.compile({
    optimizer: kerasAdam(),
    loss: labelSmoothing === 0 ? loss : smoothedCrossentropy(loss, false, labelSmoothing),
    metrics: ['accuracy'],
  });
  // Else tfjs would leave the optimizer's tensors, twice the model's size, when the model is disposed.
  return Object.assign(model, { isOptimizerOwned: true });
}
