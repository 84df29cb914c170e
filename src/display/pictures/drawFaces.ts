import { cutFaces, type FaceOptions } from '../../faces/readFaces';
import { tf } from '../../tensorflow/tf';
import { show } from '../../errors/show';
import { showing } from '../svg/showSvg';
import { drawPredictions } from './drawPredictions';

const ACTION = 'Cannot draw the faces';

/**
 * Draws the faces that are found in photographs as the network sees them, small and grey, and beside each of them which
 * feelings it thinks the most probable. What such answers are worth, `readFaces` says.
 *
 * @param pictures paths of 1 to 10 photographs
 * @param options as for `readFaces`
 * @returns a self-contained SVG document
 * @throws {Error} when a photograph has no face, and what `readFaces` throws; RangeError when there are none or too many
 *
 * @example
 * await writeFile('faces.svg', await drawFaces(['me.jpg', 'you.jpg']));
 */
export async function drawFaces(
  pictures: readonly string[],
  options: FaceOptions = {},
): Promise<string> {
  if (!Array.isArray(pictures) || pictures.length < 1 || pictures.length > 10) {
    const got = Array.isArray(pictures) ? pictures.length : show(pictures);
    throw new RangeError(`${ACTION}: a list of 1 to 10 paths is required, got ${got}`);
  }
  const found: Awaited<ReturnType<typeof cutFaces>>[] = [];
  try {
    for (const picture of pictures) {
      found.push(await cutFaces(picture, options, ACTION));
      if (found.at(-1)!.readings.length > 0) continue;
      throw new Error(`${ACTION}: no face was found in ${show(picture)}`);
    }
    const readings = found.flatMap((each) => each.readings);
    const cuts = tf.concat(found.map((each) => each.cuts));
    try {
      return await drawPredictions(cuts, {
        probabilities: readings.map(({ probabilities }) => probabilities),
        classNames: readings[0]!.classNames,
        range: [0, 255],
      });
    } finally {
      cuts.dispose();
    }
  } finally {
    tf.dispose(found.map(({ cuts }) => cuts));
  }
}

/**
 * Shows the faces of photographs under the running notebook cell, stored in the notebook with an alternative text.
 *
 * @param pictures as for {@link drawFaces}
 * @param options as for {@link drawFaces}
 * @throws what {@link drawFaces} throws, and Error outside a notebook
 *
 * @example
 * await showFaces(['me.jpg'], { margin: 1 });
 */
export const showFaces = showing(drawFaces);
