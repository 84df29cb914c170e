import type { tf } from '../tensorflow/tf';

/** As many as Keras and tfjs take at once. */
const MOST = 32;
/** What the largest answer of a layer may take, in bytes; two or three of them are held at once. */
const LARGEST_ANSWER = 64e6;
const BYTES_PER_NUMBER = 4;

/**
 * How many pictures a model may answer at once without much memory: 32, or 16, 8, 4, 2 or 1 where a layer answers with large maps.
 *
 * @param model stays the caller's; sides of its maps that are not fixed count as 1
 */
export function predictionBatch(model: tf.LayersModel): number {
  const numbers = model.layers.map(({ inboundNodes }) =>
    Math.max(...inboundNodes.flatMap(({ outputShapes }) => shapesOf(outputShapes).map(sizeOf))),
  );
  const fitting = LARGEST_ANSWER / (BYTES_PER_NUMBER * Math.max(1, ...numbers));
  return Math.min(MOST, 2 ** Math.max(0, Math.floor(Math.log2(fitting))));
}

/** Of a layer with one output, or with several. */
function shapesOf(shapes: tf.Shape | tf.Shape[]): tf.Shape[] {
  return Array.isArray(shapes[0]) ? (shapes as tf.Shape[]) : [shapes as tf.Shape];
}

/** For one picture. */
function sizeOf([, ...sides]: tf.Shape): number {
  return sides.reduce<number>((product, side) => product * (side ?? 1), 1);
}
