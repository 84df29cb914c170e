import { tf } from '../native/tfjs';
import { drawNoise } from './drawNoise';

/** Parts of tfjs's noise layers that its types call private or do not export. */
interface NoiseLayer {
  rate: number;
  stddev: number;
  seed?: number | null;
  noiseShape?: number[] | null;
  invokeCallHook(inputs: tf.Tensor | tf.Tensor[], kwargs: object): void;
  getNoiseShape?(input: tf.Tensor): number[] | null | undefined;
}

type Call = (
  this: NoiseLayer,
  inputs: tf.Tensor | tf.Tensor[],
  kwargs: { training?: boolean },
) => tf.Tensor | tf.Tensor[];

/** What a layer does to its input in training, or undefined where tfjs's own must do it. */
type AddNoise = (layer: NoiseLayer, x: tf.Tensor) => tf.Tensor | undefined;

/** The two constants of the SELU activation. Source: https://arxiv.org/abs/1706.02515, equation 14 */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/**
 * Lets the layers Dropout, SpatialDropout1D, GaussianNoise, GaussianDropout and AlphaDropout draw their noise in
 * TensorFlow. tfjs draws it in JavaScript, where a graph cannot repeat it, and a layer with a seed gets the same noise
 * at each step; here it differs from step to step and repeats with the seed, as in Keras.
 */
export function installNoiseLayers(): void {
  replaceCall('Dropout', dropout);
  replaceCall('GaussianNoise', (layer, x) => {
    const noise = drawNoise(layer, undefined, 'Normal', x.shape);
    return noise && x.add(noise.mul(layer.stddev));
  });
  replaceCall('GaussianDropout', (layer, x) => {
    if (!hasRate(layer)) return undefined;
    const noise = drawNoise(layer, undefined, 'Normal', x.shape);
    return noise && x.mul(noise.mul(Math.sqrt(layer.rate / (1 - layer.rate))).add(1));
  });
  replaceCall('AlphaDropout', alphaDropout);
}

function dropout(layer: NoiseLayer, x: tf.Tensor): tf.Tensor | undefined {
  if (!hasRate(layer)) return undefined;
  const kept = keptMask(layer, layer.getNoiseShape!(x) ?? x.shape);
  return kept && x.mul(kept.div(1 - layer.rate));
}

/** As in Keras; tfjs sets dropped values to +1.758 instead of -1.758. Source: https://arxiv.org/abs/1706.02515, section «New Dropout Technique» */
function alphaDropout(layer: NoiseLayer, x: tf.Tensor): tf.Tensor | undefined {
  if (!hasRate(layer)) return undefined;
  const { rate } = layer;
  const kept = keptMask(layer, layer.noiseShape ?? x.shape);
  if (!kept) return undefined;
  const dropped = -SELU_ALPHA * SELU_SCALE;
  const a = ((1 - rate) * (1 + rate * dropped ** 2)) ** -0.5;
  const b = -a * dropped * rate;
  return x.mul(kept).add(kept.sub(1).mul(-dropped)).mul(a).add(b);
}

/** 1 where a value stays, 0 with the probability `rate`. */
function keptMask(layer: NoiseLayer, shape: number[]): tf.Tensor | undefined {
  const noise = drawNoise(layer, layer.seed, 'Uniform', shape);
  return noise && noise.greaterEqual(layer.rate).toFloat();
}

function hasRate({ rate }: NoiseLayer): boolean {
  return rate > 0 && rate < 1;
}

function replaceCall(className: string, addNoise: AddNoise): void {
  const [layer] = tf.serialization.SerializationMap.getMap().classNameMap[className]!;
  const prototype = layer.prototype as unknown as { call: Call };
  const stock = prototype.call;
  prototype.call = function (inputs, kwargs) {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    if (kwargs.training !== true || x.dtype !== 'float32') {
      return stock.call(this, inputs, kwargs);
    }
    const y = tf.tidy(() => addNoise(this, x));
    if (!y) return stock.call(this, inputs, kwargs);
    this.invokeCallHook(inputs, kwargs);
    return y;
  };
}
