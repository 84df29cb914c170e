import { tf } from '../native/tfjs';

/** Between which numbers something lies. */
export type Range = readonly [low: number, high: number];

const ANY: Range = [-Infinity, Infinity];

/** By tfjs's names, and by those of `OWN_ACTIVATIONS`; an activation that is not here may give any number. */
const OF_ACTIVATIONS: Readonly<Record<string, Range>> = {
  sigmoid: [0, 1],
  softmax: [0, 1],
  hardSigmoid: [0, 1],
  kerasHardSigmoid: [0, 1],
  tanh: [-1, 1],
  softsign: [-1, 1],
  kerasHardTanh: [-1, 1],
  relu: [0, Infinity],
  relu6: [0, 6],
  softplus: [0, Infinity],
  kerasExponential: [0, Infinity],
  kerasSquareplus: [0, Infinity],
  elu: [-1, Infinity],
  kerasCelu: [-1, Infinity],
  selu: [-1.7581, Infinity], // -scale · alpha
  // Each has its least value a little below 0.
  gelu: [-0.171, Infinity],
  gelu_new: [-0.171, Infinity],
  swish: [-0.279, Infinity],
  mish: [-0.309, Infinity],
  kerasHardSilu: [-0.376, Infinity],
  logSoftmax: [-Infinity, 0],
  kerasLogSigmoid: [-Infinity, 0],
};

/** Layers that give numbers of their input, or of some of them the mean, or one between them. */
const PASSING =
  /^(Flatten|Reshape|Permute|RepeatVector|GetItem|Concatenate|Stack|Average|(Alpha|Gaussian)?Dropout|GaussianNoise|SpatialDropout[12]D|(Global)?(Average|Max)Pooling[123]D|Global(Average|Max)|UpSampling2D|Cropping2D|CenterCrop)$/;

/** How a layer joins the ranges of its inputs. */
const JOINING: Readonly<Record<string, (ranges: readonly Range[]) => Range>> = {
  Add: (ranges) => ranges.reduce(sum),
  Subtract: (ranges) => sum(ranges[0]!, scaled(ranges[1]!, -1)),
  Multiply: (ranges) => ranges.reduce(product),
  Maximum: (ranges) => [Math.max(...ranges.map(low)), Math.max(...ranges.map(high))],
  Minimum: (ranges) => [Math.min(...ranges.map(low)), Math.min(...ranges.map(high))],
};

/**
 * Between which numbers a model's first output lies whatever its input, as far as its last layers say: also where
 * operators make other probabilities of probabilities, as 1 − p, or a mean of several with weights whose sum is 1.
 *
 * @returns perhaps a wider range than the true one; infinite where nothing bounds it
 * @example
 * outputRange(buildHappyOrSad()); // [0, 1]
 */
export function outputRange(model: tf.LayersModel): Range {
  return rangeOf(model.outputs[0]!, new Map());
}

function rangeOf(tensor: tf.SymbolicTensor, known: ReadonlyMap<unknown, Range>): Range {
  const knownRange = known.get(tensor);
  if (knownRange) return knownRange;
  const layer = tensor.sourceLayer;
  const given = () => tensor.inputs.map((input) => rangeOf(input, known));
  if (layer instanceof tf.LayersModel) {
    const ranges = given();
    const inner = new Map<unknown, Range>(
      layer.inputs.map((input, i) => [input, ranges[i] ?? ANY]),
    );
    return rangeOf(layer.outputs[tensor.outputTensorIndex ?? 0]!, inner);
  }
  const kind = layer.getClassName();
  if (Object.hasOwn(JOINING, kind)) return JOINING[kind]!(given());
  if (PASSING.test(kind)) return given().reduce(union);
  return rangeOfLayer(layer, kind, given);
}

/** Settings that bound what a layer gives. */
interface Bounding {
  activation?: { getClassName(): string };
  maxValue?: number | null;
  scale?: number | number[];
  offset?: number | number[];
}

function rangeOfLayer(layer: tf.layers.Layer, kind: string, given: () => Range[]): Range {
  const { activation, maxValue, scale = 1, offset = 0 } = layer as Bounding;
  const name = activation?.getClassName();
  if (kind === 'Softmax') return [0, 1];
  if (kind === 'ReLU' || kind === 'ThresholdedReLU') return [0, maxValue ?? Infinity];
  if (kind === 'Rectifier') return ofRectifier(layer);
  if (kind === 'ELU') return OF_ACTIVATIONS['elu']!;
  if (kind === 'Activation' && name === 'linear') return given()[0]!;
  if (kind === 'Rescaling') return rescaled(given()[0]!, [scale].flat(), [offset].flat());
  if (kind === 'ScaledSum') return sum(given()[0]!, scaled(given()[1]!, scale as number));
  return name !== undefined && Object.hasOwn(OF_ACTIVATIONS, name) ? OF_ACTIVATIONS[name]! : ANY;
}

function ofRectifier(layer: tf.layers.Layer): Range {
  const { negativeSlope, threshold, maxValue } = layer.getConfig();
  const isBounded = negativeSlope === 0 && (threshold as number) >= 0;
  return [isBounded ? 0 : -Infinity, (maxValue as number | null) ?? Infinity];
}

/** Of a number a channel, between the least and the largest of all. */
function rescaled(range: Range, scales: readonly number[], offsets: readonly number[]): Range {
  const channels = Math.max(scales.length, offsets.length);
  const all = Array.from({ length: channels }, (_, i) => {
    const offset = offsets[i % offsets.length]!;
    return sum(scaled(range, scales[i % scales.length]!), [offset, offset]);
  });
  return all.reduce(union);
}

const low = ([value]: Range): number => value;
const high = ([, value]: Range): number => value;

function sum(a: Range, b: Range): Range {
  return [a[0] + b[0], a[1] + b[1]];
}

function scaled(range: Range, factor: number): Range {
  return product(range, [factor, factor]);
}

function product(a: Range, b: Range): Range {
  // Of 0 and an unbounded number it is 0.
  const ends = a.flatMap((x) => b.map((y) => (x === 0 || y === 0 ? 0 : x * y)));
  return [Math.min(...ends), Math.max(...ends)];
}

function union(a: Range, b: Range): Range {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}
