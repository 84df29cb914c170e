import seedrandom from 'seedrandom';
import sharp from 'sharp';

import type { Classifier } from '../../src/models/classifier';
import { tf } from '../../src/tensorflow/tf';
import { speckled } from './pictures';

/** Height and width of the pictures below. */
export const SIZE: [number, number] = [12, 10];

/** A picture of just that size, the same on each call. */
export function speckledPicture(): Promise<Buffer> {
  return speckled(SIZE[1], SIZE[0], 3).png().toBuffer();
}

/** A JPEG of soft noise in all colours, the same on each call: harder to store than any photograph. */
export function noisyPhotograph(width: number, height: number): Promise<Buffer> {
  const random = seedrandom.alea('noise');
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, () => 256 * random()));
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(1)
    .normalise()
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** A classifier of 12×10 pictures with two convolutions, random weights, and a sigmoid over all places. */
export function sigmoidClassifier({ bias = 0 } = {}): Classifier {
  const model = tf.sequential({
    layers: [
      ...convolutions(),
      tf.layers.flatten(),
      tf.layers.dense({ units: 6, activation: 'relu', kernelInitializer: glorot(3) }),
      tf.layers.dense({
        units: 1,
        activation: 'sigmoid',
        kernelInitializer: glorot(4),
        biasInitializer: tf.initializers.constant({ value: bias }),
      }),
    ],
  });
  return {
    model,
    classNames: ['happy', 'sad'],
    input: { imageSize: SIZE, rescale: { scale: 1 / 255 } },
  };
}

/** As {@link sigmoidClassifier}, but with a softmax over the means of the maps. */
export function softmaxClassifier(classNames = ['happy', 'sad', 'angry']): Classifier {
  const model = tf.sequential({
    layers: [
      ...convolutions(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({
        units: classNames.length,
        activation: 'softmax',
        kernelInitializer: glorot(5),
      }),
    ],
  });
  return { model, classNames, input: { imageSize: SIZE, rescale: { scale: 1 / 255 } } };
}

/** A classifier that has no convolution. */
export function flatClassifier(): Classifier {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [...SIZE, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  return {
    model,
    classNames: ['happy', 'sad'],
    input: { imageSize: SIZE, rescale: { scale: 1 / 255 } },
  };
}

/**
 * A classifier with one convolution, named `maps`, and a sigmoid over the means of its maps.
 *
 * @param imageSize height and width
 * @param convolution how it differs from one of 3 × 3 pixels
 */
export function oneConvolution(
  imageSize: [number, number],
  convolution: { filters: number } & Partial<Parameters<typeof tf.layers.conv2d>[0]>,
): Classifier {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'maps',
        inputShape: [...imageSize, 3],
        kernelSize: 3,
        ...convolution,
      }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  return { model, classNames: ['happy', 'sad'], input: { imageSize, rescale: { scale: 1 / 255 } } };
}

function convolutions(): tf.layers.Layer[] {
  const options = { kernelSize: 3, activation: 'relu' as const };
  return [
    tf.layers.conv2d({
      ...options,
      name: 'first',
      inputShape: [...SIZE, 3],
      filters: 4,
      kernelInitializer: glorot(1),
    }),
    tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
    tf.layers.conv2d({
      ...options,
      name: 'last',
      kernelSize: 2,
      filters: 5,
      kernelInitializer: glorot(2),
    }),
  ];
}

function glorot(seed: number) {
  return tf.initializers.glorotUniform({ seed });
}

/** A model's weights as Python reads them. */
export function weightsOf(model: tf.LayersModel): unknown[] {
  return model.getWeights().map((weight) => weight.arraySync());
}
