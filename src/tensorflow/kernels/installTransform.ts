import { createRequire } from 'node:module';
import { attribute, hasOp, nativeLibrary } from '../native/nativeBackend';
import { tf } from '../native/tfjs';

const OURS = 'SmileLabTransform';

interface Attributes {
  interpolation: string;
  fillMode: string;
  fillValue: number;
  outputShape?: [number, number];
}

/**
 * `tf.image.transform`, of which tfjs-node has no kernel: on a CPU, and where pictures keep their size, by an op of our own,
 * else by the one that Keras calls. Both compute the same.
 *
 * Source: https://www.tensorflow.org/api_docs/python/tf/raw_ops/ImageProjectiveTransformV3, scripts/setup/transform_pictures.cc
 */
export function installTransform(): void {
  tf.registerKernel({
    kernelName: 'Transform',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const { image, transforms } = inputs as { image: tf.Tensor4D; transforms: tf.Tensor2D };
      const { interpolation, fillMode, fillValue, outputShape } = attrs as unknown as Attributes;
      const size = image.shape.slice(1, 3);
      const keepsSize = (outputShape ?? size).every((side, i) => side === size[i]);
      return tf.tidy(() => {
        const tensors = [image.cast('float32'), transforms.cast('float32')];
        const attributes = attributesOf(interpolation, fillMode);
        if (keepsSize && hasTransform()) {
          return nativeLibrary().executeSingleOutput(OURS, attributes, [
            ...tensors,
            tf.scalar(fillValue),
          ]);
        }
        return nativeLibrary().executeSingleOutput(
          'ImageProjectiveTransformV3',
          [attribute.float('dtype'), ...attributes],
          [...tensors, tf.tensor1d(outputShape ?? size, 'int32'), tf.scalar(fillValue)],
        );
      });
    },
  });
}

function attributesOf(interpolation: string, fillMode: string) {
  return [
    attribute.string('interpolation', interpolation.toUpperCase()),
    attribute.string('fill_mode', fillMode.toUpperCase()),
  ];
}

/** Not on a GPU, for which it is not written, nor where the set-up has not compiled it. */
function hasTransform(): boolean {
  return (
    !nativeLibrary().isUsingGpuDevice &&
    hasOp(OURS, () => {
      createRequire(__filename)('@tensorflow/tfjs-node-gpu/lib/napi-v8/transform_pictures.node');
      nativeLibrary().executeSingleOutput(OURS, attributesOf('nearest', 'constant'), [
        tf.zeros([1, 1, 1, 1]),
        tf.zeros([1, 8]),
        tf.scalar(0),
      ]);
    })
  );
}
