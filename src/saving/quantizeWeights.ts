import type { tf } from '../tensorflow/tf';

/** How tfjs's format keeps weights in fewer bits; TensorFlow.js makes float32 of them again as it loads them. */
export const TFJS_QUANTIZATIONS = ['float16', 'uint16', 'uint8'] as const;
/** One of them. */
export type TfjsQuantization = (typeof TFJS_QUANTIZATIONS)[number];

type Specs = Awaited<ReturnType<typeof tf.io.encodeWeights>>['specs'];
/**
 * Without what is added or divided by (bias, gamma, moving variance), which steps of its whole range spoil, and without the
 * kernels of depthwise convolutions, whose channels differ in size: all of them are few numbers.
 */
const KERNELS = /(?:\/|pointwise_|recurrent_)kernel(?:_\d+)?$|embeddings(?:_\d+)?$/;
/** The largest number of float16. */
const LARGEST_HALF = 65504;
const LEVELS = { uint8: 255, uint16: 65535 };

/**
 * Keeps weights in fewer bits: `float16` all of them but those beyond its range, `uint16` and `uint8` the kernels alone, by
 * the steps of the converter tensorflowjs, among which 0 stays 0.
 *
 * @param specs what stands in a model.json; weights of other types than float32 stay as they are
 * @param weights their values, one behind the other
 * @returns the same in fewer bits
 *
 * @example
 * const kernel = { name: 'dense/kernel', shape: [2], dtype: 'float32' as const };
 * const bytes = new Uint8Array(new Float32Array([0, 2]).buffer);
 * quantizeWeights([kernel], bytes, 'uint8').weights.length; // 2
 */
export function quantizeWeights(
  specs: Specs,
  weights: Uint8Array,
  dtype: TfjsQuantization,
): { specs: Specs; weights: Uint8Array } {
  let place = 0;
  const pieces = specs.map((spec): [Specs[number], Uint8Array] => {
    const bytes = BYTES[spec.dtype] ?? 4;
    const length = spec.shape.reduce((product, size) => product * size, 1) * bytes;
    const own = Uint8Array.from(weights.subarray(place, (place += length)));
    if (spec.dtype !== 'float32' || length === 0) return [spec, own];
    const values = new Float32Array(own.buffer);
    const quantized =
      dtype === 'float16' ? asHalves(values) : KERNELS.test(spec.name) && inSteps(values, dtype);
    if (!quantized) return [spec, own];
    const { data, ...quantization } = quantized;
    return [{ ...spec, quantization: { dtype, ...quantization } }, new Uint8Array(data.buffer)];
  });
  return {
    specs: pieces.map(([spec]) => spec),
    weights: Buffer.concat(pieces.map(([, piece]) => piece)),
  };
}

const BYTES: Readonly<Record<string, number>> = { bool: 1, complex64: 8 };

/** `data = round((x − min) / scale)`, and back `x = data · scale + min`; undefined where a number is none or infinite. */
function inSteps(values: Float32Array, dtype: 'uint8' | 'uint16') {
  const levels = LEVELS[dtype];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) return undefined;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const Steps = dtype === 'uint8' ? Uint8Array : Uint16Array;
  if (low === high) return { data: new Steps(values.length), scale: 1, min: low };
  const scale = (high - low) / levels;
  const min = low <= 0 && high >= 0 ? -Math.round(-low / scale) * scale : low;
  const data = Steps.from(values, (value) =>
    Math.min(Math.max(Math.round((value - min) / scale), 0), levels),
  );
  return { data, scale, min };
}

/** The bits of float16; undefined where a number is beyond its range. */
function asHalves(values: Float32Array): { data: Uint16Array } | undefined {
  if (values.some((value) => !(Math.abs(value) <= LARGEST_HALF))) return undefined;
  return { data: Uint16Array.from(values, halfOf) };
}

const number = new DataView(new ArrayBuffer(4));

/** Rounded to the nearest, of two as near to the even one, as IEEE 754 says. */
function halfOf(value: number): number {
  number.setFloat32(0, value);
  const bits = number.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127;
  if (exponent < -25) return sign;
  const fraction = (bits & 0x7fffff) | 0x800000;
  // Below 2^-14 numbers stand as far apart as there.
  const dropped = exponent < -14 ? -1 - exponent : 13;
  const kept = fraction >>> dropped;
  const rest = fraction - kept * 2 ** dropped;
  const half = 2 ** (dropped - 1);
  const rounded = kept + Number(rest > half || (rest === half && kept % 2 === 1));
  return sign | (exponent < -14 ? rounded : ((exponent + 14) << 10) + rounded);
}
