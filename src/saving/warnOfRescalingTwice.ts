import { warnOnce } from '../tensorflow/native/warnOnce';
import type { tf } from '../tensorflow/tf';

/** Where a layer divides by 255, and what is given as well, black and white are 0.004 apart; by 127.5 and 255, 0.008. */
const LEAST_RANGE = 0.05;

/**
 * Says that pictures come to a model with almost no contrast, since one of its layers rescales them and they are rescaled
 * before: it answers nearly alike for every picture then.
 *
 * @param layer the one that rescales; of a Normalization it is not known how far
 * @param rescale what is given, not checked
 */
export function warnOfRescalingTwice(layer: tf.layers.Layer, rescale: unknown): void {
  if (typeof rescale !== 'object' || rescale === null) return;
  const { scale, divisor } = rescale as Partial<Record<'scale' | 'divisor', number>>;
  const range = 255 * (scale ?? 1 / divisor!) * Number(layer.getConfig()['scale']);
  if (!(Math.abs(range) < LEAST_RANGE)) return;
  warnOnce(
    `The model rescales pictures itself, by its layer ${JSON.stringify(layer.name)}, and gets them rescaled before: black and white are ${Number(range.toPrecision(2))} apart for it, so that it answers nearly alike for every picture. Leave input.rescale (--scale, --preprocess-input) out, unless it was trained so.`,
  );
}
