import { tf } from '../tensorflow/tf';
import { faceAnchors } from './faceAnchors';

/** A face in a picture. */
export interface FoundFace {
  /** Its square, in pixels of the picture, 0 to its width and height; it may reach beyond the edge. */
  box: { left: number; top: number; width: number; height: number };
  /** How sure the network is that there is a face, in 0.5–1. */
  score: number;
}

/** The side of the pictures that BlazeFace's back model takes, in pixels. */
export const FACE_SIDE = 256;
const LEAST_SCORE = 0.5;
/** Of two boxes that share more than this of their area only the surer one stays. */
const MOST_SHARED = 0.3;
const MOST_FACES = 40;
/** In this order: scores and boxes of the map of 16×16, then of 8×8. */
const OUTPUTS = ['Identity:0', 'Identity_1:0', 'Identity_2:0', 'Identity_3:0'];

/**
 * Finds the faces in a decoded photograph, the surest first. The camera page does so, too.
 *
 * @param finder BlazeFace, 256×256
 * @param pixels `[256, 256, 3]`, 0–255: the picture with black beside it, or above and below; they are disposed
 * @param size of the picture itself, in pixels
 */
export async function facesIn(
  finder: tf.GraphModel,
  pixels: tf.Tensor3D,
  [width, height]: readonly [width: number, height: number],
): Promise<FoundFace[]> {
  const [scores, corners] = tf.tidy(() => {
    const input = pixels.div(127.5).sub(1).expandDims(0); // [1, 256, 256, 3], -1 to 1
    const outputs = finder.execute(input, OUTPUTS) as tf.Tensor3D[];
    const logits = tf.concat(outputs.slice(0, 2), 1).reshape<tf.Tensor1D>([-1]); // [896]
    const boxes = tf.concat(outputs.slice(2), 1).squeeze<tf.Tensor2D>([0]); // [896, 16]
    return [logits.sigmoid(), cornersOf(boxes)] as [tf.Tensor1D, tf.Tensor2D];
  });
  pixels.dispose();
  const kept = await tf.image.nonMaxSuppressionAsync(
    corners,
    scores,
    MOST_FACES,
    MOST_SHARED,
    LEAST_SCORE,
  );
  const [indices, surety, places] = await Promise.all([
    kept.data(),
    scores.data(),
    corners.array(),
  ]);
  tf.dispose([kept, scores, corners]);
  // The picture lies in the middle of a square.
  const side = Math.max(width, height);
  const [beside, above] = [(side - width) / 2, (side - height) / 2];
  return Array.from(indices, (i) => {
    const [top = 0, left = 0, bottom = 0, right = 0] = places[i]!;
    return {
      box: {
        left: left * side - beside,
        top: top * side - above,
        width: (right - left) * side,
        height: (bottom - top) * side,
      },
      score: surety[i]!,
    };
  });
}

/**
 * @param boxes `[896, 16]`: how far a box's centre lies from its anchor, x before y, width and height, in 256ths of the side;
 *   then places of eyes, nose, mouth and ears
 * @returns `[896, 4]`: top, left, bottom and right as shares of the side
 */
function cornersOf(boxes: tf.Tensor2D): tf.Tensor2D {
  const [offset, size] = tf.split(boxes.slice([0, 0], [-1, 4]).div(FACE_SIDE), 2, 1) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const centre = offset.add(tf.tensor2d(faceAnchors())).reverse(1);
  const half = size.div(2).reverse(1);
  return tf.concat([centre.sub(half), centre.add(half)], 1) as tf.Tensor2D;
}
