import { takesGradients } from '../native/takesGradients';
import { tf } from '../native/tfjs';

type ConvInfo = Parameters<typeof tf.backend_util.computeConv2DInfo>;

/** What tfjs's ops write into the attributes of a convolution. */
export interface ConvAttributes {
  strides: ConvInfo[2];
  pad: ConvInfo[4];
  dataFormat: 'NHWC' | 'NCHW';
  dilations: ConvInfo[3];
  dimRoundingMode?: ConvInfo[5];
}

/** Parts of tfjs's layer `Conv2D` that its types call private or do not export. */
export interface Conv2DLayer {
  kernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  strides: [number, number];
  padding: 'same' | 'valid';
  dataFormat: 'channelsFirst' | 'channelsLast';
  dilationRate: [number, number];
  activation: { apply(x: tf.Tensor): tf.Tensor } | null;
}

type Call = (this: Conv2DLayer, inputs: tf.Tensor | tf.Tensor[], kwargs: object) => tf.Tensor;

/**
 * Lets the layer `Conv2D` convolve in another way in training. There it convolves, adds and activates by one op each: the op
 * for all at once has no gradient, or one of its own.
 *
 * @param convolve gives the map with the bias, before the activation; undefined where the layer is to do what it did before
 */
export function replaceConvolution(
  convolve: (layer: Conv2DLayer, x: tf.Tensor4D) => tf.Tensor | undefined,
): void {
  const [layer] = tf.serialization.SerializationMap.getMap().classNameMap['Conv2D']!;
  const prototype = layer.prototype as unknown as { call: Call };
  const { call } = prototype;
  prototype.call = function (inputs, kwargs) {
    const y = tf.tidy(() => {
      const [x, ...others] = [inputs].flat() as [tf.Tensor4D];
      const map = takesGradients() && others.length === 0 ? convolve(this, x) : undefined;
      return map && this.activation ? this.activation.apply(map) : map;
    });
    return y ?? call.call(this, inputs, kwargs);
  };
}
