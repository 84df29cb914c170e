import { attribute, nativeLibrary } from '../native/nativeBackend';
import { tf } from '../native/tfjs';

interface Attributes {
  interpolation: string;
  fillMode: string;
  fillValue: number;
  outputShape?: [number, number];
}

/**
 * `tf.image.transform`, of which tfjs-node has no kernel, by the op that Keras calls.
 *
 * Source: https://www.tensorflow.org/api_docs/python/tf/raw_ops/ImageProjectiveTransformV3
 */
export function installTransform(): void {
  tf.registerKernel({
    kernelName: 'Transform',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const { image, transforms } = inputs as { image: tf.Tensor4D; transforms: tf.Tensor2D };
      const { interpolation, fillMode, fillValue, outputShape } = attrs as unknown as Attributes;
      const attributes = [
        attribute.float('dtype'),
        attribute.string('interpolation', interpolation.toUpperCase()),
        attribute.string('fill_mode', fillMode.toUpperCase()),
      ];
      return tf.tidy(() =>
        nativeLibrary().executeSingleOutput('ImageProjectiveTransformV3', attributes, [
          image.cast('float32'),
          transforms.cast('float32'),
          tf.tensor1d(outputShape ?? image.shape.slice(1, 3), 'int32'),
          tf.scalar(fillValue),
        ]),
      );
    },
  });
}
