import path from 'node:path';
import type { Classifier } from '../../../src/models/classifier';
import { type Backbone, loadBackbone } from '../../../src/models/pretrained/loadBackbone';
import { saveClassifier } from '../../../src/saving/saveClassifier';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith } from '../../support/pictures';

/** Pictures 8×8 → a network inside (a convolution, normalized, relu) → a convolution → means → two classes. */
export function tinyClassifier(seed = 1): Classifier {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const inner = tf.sequential({
    name: 'inner',
    layers: [
      tf.layers.conv2d({
        name: 'first',
        inputShape: [8, 8, 3],
        filters: 4,
        kernelSize: 3,
        kernelInitializer,
      }),
      tf.layers.batchNormalization({ name: 'first_bn' }),
      tf.layers.reLU({ name: 'first_relu' }),
    ],
  });
  const input = tf.input({ shape: [8, 8, 3], name: 'pictures' });
  const second = tf.layers.conv2d({
    name: 'second',
    filters: 5,
    kernelSize: 3,
    activation: 'relu',
    kernelInitializer,
  });
  const layers = [
    inner,
    second,
    tf.layers.globalAveragePooling2d({ name: 'means' }),
    tf.layers.dense({ name: 'answer', units: 1, activation: 'sigmoid', kernelInitializer }),
  ];
  const output = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  return {
    model: tf.model({ inputs: input, outputs: output, name: 'tiny' }),
    classNames: ['happy', 'sad'],
    input: { imageSize: [8, 8], rescale: { scale: 1 / 255 } },
  };
}

/** {@link tinyClassifier} as it comes back from the disk, up to a layer. */
export async function tinyBackbone(
  options: { layer?: string; seed?: number } = {},
): Promise<Backbone> {
  const { seed, ...others } = options;
  const folder = path.join(await folderWith({}), 'tiny');
  const classifier = tinyClassifier(seed);
  await saveClassifier(classifier, folder);
  classifier.model.dispose();
  return loadBackbone(folder, others);
}
