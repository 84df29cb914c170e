import { tf } from '../../tensorflow/tf';
import { padCausally } from './causalConvolution';
import { spread } from './depthwiseConvolution';
import { type LayerArgs, layerClass } from './layerClass';
import { registerLayer } from './registerLayer';
import { onlyShape } from './settingsLayer';

/** Fields of tfjs's layers Conv1D and Conv2D. */
interface Convolution {
  kernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  strides: number[];
  kernelSize: number[];
  padding: 'same' | 'valid' | 'causal';
  dilationRate: number[];
  activation: { apply(x: tf.Tensor): tf.Tensor } | null;
  inputSpec: Array<{ ndim: number; axes: Record<number, number> }>;
}

type Pair = [number, number];

/** Of one or two numbers the two: a series is a picture of height 1. */
function asPair(sizes: readonly number[]): Pair {
  return [...Array.from({ length: 2 - sizes.length }, () => 1), ...sizes] as Pair;
}

/**
 * Keras' Conv1D or Conv2D with `groups`, which tfjs's does not know: the channels are divided into so many groups, and each
 * group of filters sees its own alone. With as many groups as channels it is the depthwise convolution of ConvNeXt.
 *
 * Source: https://keras.io/api/layers/convolution_layers/convolution2d/
 */
function groupedClass(
  className: 'Conv1D' | 'Conv2D',
): new (args: LayerArgs & { groups: number }) => tf.layers.Layer {
  const grouped = class extends layerClass<Convolution>(className) {
    static readonly className = `Grouped${className}`;
    readonly groups: number;

    constructor({ groups, ...args }: LayerArgs & { groups: number }) {
      super(args);
      this.groups = groups;
    }

    override build(inputShape: tf.Shape | tf.Shape[]): void {
      const shape = onlyShape(inputShape);
      const channels = shape.at(-1)!;
      super.build([...shape.slice(0, -1), channels / this.groups]);
      this.inputSpec = [{ ndim: shape.length, axes: { [shape.length - 1]: channels } }];
    }

    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.tidy(() => {
        const input = Array.isArray(inputs) ? inputs[0]! : inputs;
        const isCausal = this.padding === 'causal';
        const given = isCausal ? padCausally(input as tf.Tensor3D, this as never) : input;
        const { kernel, bias, activation } = this;
        const x = (given.rank === 4 ? given : given.expandDims(1)) as tf.Tensor4D;
        const read = kernel.read();
        const filter = (read.rank === 4 ? read : read.expandDims(0)) as tf.Tensor4D;
        const convolved = convolve(x, filter, this, this.groups);
        const summed = bias ? convolved.add(bias.read()) : convolved;
        const y = given.rank === 4 ? summed : summed.squeeze([1]);
        return activation ? activation.apply(y) : y;
      });
    }

    override getConfig(): tf.serialization.ConfigDict {
      return { ...super.getConfig(), groups: this.groups };
    }
  };
  registerLayer(grouped);
  return grouped;
}

/** @param filter [h, w, channels of a group, filters] */
function convolve(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { strides, padding, dilationRate }: Pick<Convolution, 'strides' | 'padding' | 'dilationRate'>,
  groups: number,
): tf.Tensor {
  const edges = padding === 'same' ? 'same' : 'valid';
  const [down, across] = asPair(strides);
  const rates = asPair(dilationRate);
  const [h, w, ofGroup, filters] = filter.shape;
  // TensorFlow's depthwise kernel takes one stride for both; in a picture of height 1 the one down does nothing.
  if (ofGroup === 1 && (down === across || x.shape[1] === 1)) {
    const depthwise = filter.reshape([h, w, groups, filters / groups]) as tf.Tensor4D;
    return tf.depthwiseConv2d(x, spread(depthwise, rates), across, edges);
  }
  const inputs = tf.split(x, groups, 3);
  const kernels = tf.split(filter, groups, 3);
  const outputs = inputs.map((input, i) =>
    tf.conv2d(
      input as tf.Tensor4D,
      kernels[i] as tf.Tensor4D,
      [down, across],
      edges,
      'NHWC',
      rates,
    ),
  );
  return tf.concat(outputs, 3);
}

export const GroupedConv1D = groupedClass('Conv1D');
export const GroupedConv2D = groupedClass('Conv2D');
