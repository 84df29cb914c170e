import { z } from 'zod';
import { show } from '../errors/show';
import { colorModeOf } from '../images/formats/colorMode';
import { tf } from '../tensorflow/tf';
import { withoutUndefined } from './withoutUndefined';

const factor = z.number().positive().finite();

/** A number for all channels, or one for each. */
function ofEach<T extends z.ZodNumber>(one: T) {
  const isKnown = ({ length }: readonly unknown[]) => colorModeOf(length) !== undefined;
  return z.union([one, z.array(one).readonly().refine(isKnown)]).optional();
}

const offset = z.number().finite();
const schema: z.ZodType<Rescale> = z.union([
  z.literal('none'),
  z.object({ scale: factor, offset: offset.optional() }).strict(),
  z.object({ divisor: factor, mean: ofEach(offset), std: ofEach(factor) }).strict(),
]);

/**
 * What is done to pixel values 0–255 before a model takes them: `x · scale + offset`, as Keras' layer `Rescaling`;
 * `(x / divisor − mean) / std`, as `preprocess_input` of keras.applications; or `'none'`, since a layer of the model does it.
 * `{ scale: 1 / 255 }` and `{ divisor: 255 }` may differ in the last bit.
 */
export type Rescale =
  | 'none'
  | { scale: number; offset?: number }
  | {
      divisor: number;
      /** A number for all channels, or one for each; and so of `std`. */
      mean?: number | readonly number[];
      std?: number | readonly number[];
    };

/**
 * Brings pixel values into the range that a model takes, in training as in predictions.
 *
 * @param pixels `[height, width, channels]` or a batch of these, 0–255; they stay the caller's
 * @returns float32 of the same shape; the caller disposes it
 * @throws {TypeError} when `rescale` is none of the three forms, or has not a number for each channel
 *
 * @example
 * const red = tf.tensor3d([255, 0, 0], [1, 1, 3]);
 * toInput(red, { divisor: 127.5, mean: 1 }).arraySync(); // [[[1, -1, -1]]]
 */
export function toInput<T extends tf.Tensor>(pixels: T, rescale: Rescale): T {
  checkRescale('Cannot rescale pictures', rescale, pixels.shape.at(-1));
  if (rescale === 'none') return pixels.clone();
  return tf.tidy(() => {
    if ('scale' in rescale) {
      const scaled = pixels.mul<T>(rescale.scale);
      return rescale.offset ? scaled.add<T>(rescale.offset) : scaled;
    }
    const { divisor, mean, std } = rescale;
    const divided = pixels.div<T>(divisor);
    const centred = mean === undefined ? divided : divided.sub<T>(perChannel(mean));
    return std === undefined ? centred : centred.div<T>(perChannel(std));
  });
}

function perChannel(values: number | readonly number[]): number | tf.Tensor1D {
  return typeof values === 'number' ? values : tf.tensor1d([...values]);
}

/**
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param channels of the pictures, where they are known
 * @throws {TypeError} when it is no way of rescaling that is known here, or not of so many channels
 */
export function checkRescale(
  action: string,
  rescale: unknown,
  channels?: number,
): asserts rescale is Rescale {
  const given = typeof rescale === 'object' && rescale ? withoutUndefined(rescale) : rescale;
  if (!schema.safeParse(given).success) {
    throw new TypeError(
      `${action}: rescale must be "none", { scale, offset } or { divisor, mean, std }, got ${show(rescale)}`,
    );
  }
  if (channels === undefined) return;
  const { mean, std } = rescale as { mean?: unknown; std?: unknown };
  for (const [name, values] of Object.entries({ mean, std })) {
    if (!Array.isArray(values) || values.length === channels) continue;
    throw new TypeError(
      `${action}: rescale.${name} must be a number, or one for each channel, of which pictures of colorMode ${show(colorModeOf(channels))} have ${channels}, got ${show(values)}`,
    );
  }
}
