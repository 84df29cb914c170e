import { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';
import { onlyShape } from './settingsLayer';

/** Fields of tfjs's layer, and its methods as they are called here. */
interface Depthwise {
  depthwiseKernel: tf.LayerVariable;
  depthwiseConstraint: tf.serialization.Serializable | null;
  dilationRate: [number, number];
  padding: string;
  strides: [number, number];
  kernelSize: [number, number];
  depthMultiplier: number;
  dataFormat: string;
  call(inputs: tf.Tensor | tf.Tensor[], kwargs: object): tf.Tensor | tf.Tensor[];
  computeOutputShape(inputShape: tf.Shape): tf.Shape;
  getConfig(): tf.serialization.ConfigDict;
}

/**
 * Lets a layer of tfjs compute with its `dilationRate`: DepthwiseConv2D takes and saves it and otherwise ignores it, and
 * of SeparableConv2D TensorFlow's kernel refuses it.
 *
 * A kernel that is dilated by 2 is one with zeros between its entries, [a b] -> [a 0 b].
 */
function computeDilation(className: string): Depthwise {
  const { prototype } = layerClass<Depthwise>(className);
  const { call } = prototype;
  prototype.call = function (this: Depthwise, inputs, kwargs) {
    if (this.dilationRate.every((rate) => rate === 1)) return call.call(this, inputs, kwargs);
    return tf.tidy(() => {
      const kernel = spread(this.depthwiseKernel.read() as tf.Tensor4D, this.dilationRate);
      const spreadLayer = Object.create(this, {
        depthwiseKernel: { value: { read: () => kernel } },
        dilationRate: { value: [1, 1] },
      }) as Depthwise;
      return call.call(spreadLayer, inputs, kwargs);
    });
  };
  return prototype;
}

/** tfjs forgets the dilation in the shape of the output, and saves the regularizer in the place of the constraint. */
function mendDepthwise(prototype: Depthwise): void {
  const { computeOutputShape, getConfig } = prototype;

  prototype.computeOutputShape = function (this: Depthwise, inputShape) {
    const kernelSize = this.kernelSize.map((size, i) => spreadSize(size, this.dilationRate[i]!));
    const layer = Object.create(this, { kernelSize: { value: kernelSize } }) as Depthwise;
    return computeOutputShape.call(layer, onlyShape(inputShape));
  };

  prototype.getConfig = function (this: Depthwise) {
    const constraint = this.depthwiseConstraint;
    const depthwiseConstraint = constraint && {
      className: constraint.getClassName(),
      config: constraint.getConfig(),
    };
    return { ...getConfig.call(this), depthwiseConstraint };
  };
}

function spreadSize(size: number, rate: number): number {
  return (size - 1) * rate + 1;
}

/** [h, w, in, multiplier] -> [(h - 1) · rate + 1, (w - 1) · rate + 1, in, multiplier] */
export function spread(kernel: tf.Tensor4D, [down, across]: [number, number]): tf.Tensor4D {
  const [h, w, channels, multiplier] = kernel.shape;
  const each = channels * multiplier;
  return kernel
    .reshape([h, 1, w, 1, each])
    .pad([
      [0, 0],
      [0, down - 1],
      [0, 0],
      [0, across - 1],
      [0, 0],
    ])
    .reshape([h * down, w * across, channels, multiplier])
    .slice([0, 0], [spreadSize(h, down), spreadSize(w, across)]) as tf.Tensor4D;
}

/** tfjs does not save the multiplier, so that no saved layer with another one than 1 can be loaded. */
function saveMultiplier(prototype: Depthwise): void {
  const { getConfig } = prototype;
  prototype.getConfig = function (this: Depthwise) {
    return { ...getConfig.call(this), depthMultiplier: this.depthMultiplier };
  };
}

mendDepthwise(computeDilation('DepthwiseConv2D'));
saveMultiplier(computeDilation('SeparableConv2D'));
