import { setImmediate } from 'node:timers/promises';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { loadImage } from '../../images/datasets/loadImage';
import { show } from '../../errors/show';
import { checkClassifier } from '../../models/checkClassifier';
import type { Classifier } from '../../models/classifier';
import { resizingOf } from '../../models/resizingOf';
import { toInput } from '../../models/toInput';
import { tf } from '../../tensorflow/tf';
import { type Prediction, predictionFrom } from '../predictPicture';
import { predictProbabilities } from '../predictProbabilities';
import { probabilitiesOf } from '../probabilitiesOf';
import { rowsOf } from '../rowsOf';
import { chosenClasses, type HeatMap } from './heatMap';
import { checkNetwork } from './networkParts';

/** Options of `occlusionMap`. */
export interface OcclusionOptions {
  /** Side of the square patch in pixels of the picture as the network takes it; a fifth of its shorter side when left out. */
  patchSize?: number;
  /** The classes to ask about; both of two, or the two most probable of more, when left out. */
  classNames?: readonly string[];
}

/** How much a network misses each region of a picture. */
export interface Occlusion extends Prediction {
  patchSize: number;
  /**
   * One for each class. A value is by how much the class's probability falls when the region is covered, on the mean of
   * the patches that cover it; below 0 where it rises.
   */
  heatMaps: HeatMap[];
}

const ACTION = 'Cannot cover the picture';
/** A patch moves by a third of its side, so that most pixels are covered nine times. */
const STEPS_A_PATCH = 3;

/**
 * Covers a picture patch by patch and measures how much the probability of a class falls: what the network misses, it has
 * used. The patch has the picture's mean colour. It needs nothing but predictions, about 170 for the default patch, so it
 * is a check of `gradCam`, which reads the network's inside.
 *
 * Leaves no tensors behind. Source: Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, 2013,
 * https://arxiv.org/abs/1311.2901, section 4.2; they cover with grey.
 *
 * @param classifier stays the caller's to dispose
 * @param picture as for `predictPicture`: a file's path, an address of this machine, or the encoded picture itself
 * @param options see {@link OcclusionOptions}
 * @throws {Error} when the network gives no probabilities or has been disposed, or the picture cannot be read; RangeError
 * when the patch does not fit the picture, or a class is none of the classifier's
 * @example
 * const { heatMaps } = await occlusionMap(classifier, 'me.png', { patchSize: 30 });
 */
export async function occlusionMap(
  classifier: Classifier,
  picture: string | Uint8Array,
  options: OcclusionOptions = {},
): Promise<Occlusion> {
  checkClassifier(classifier, ACTION);
  const { model, classNames, input } = classifier;
  checkOptionNames(ACTION, options, { patchSize: true, classNames: true });
  checkNetwork(model, ACTION);
  const [height, width] = input.imageSize;
  const shorter = Math.min(height, width);
  const patchSize = options.patchSize ?? Math.max(1, Math.round(shorter / 5));
  if (!Number.isInteger(patchSize) || patchSize < 1 || patchSize > shorter) {
    throw new RangeError(
      `${ACTION}: patchSize must be a whole number from 1 to ${shorter}, got ${show(patchSize)}`,
    );
  }
  const image = await loadImage(picture, resizingOf(classifier)); // [height, width, channels]
  const { shape } = image;
  const pixels = (await image.data().finally(() => image.dispose())) as Float32Array;
  const whole = (await outputsFor([pixels]))[0]!;
  const chosen = chosenClasses(whole, classNames, options.classNames, ACTION);
  const sums = chosen.map(() => new Float32Array(height * width));
  const counts = new Float32Array(height * width);
  const colour = meanColour(pixels, shape[2]);
  const lefts = positionsOfPatch(width, patchSize);
  for (const top of positionsOfPatch(height, patchSize)) {
    // A row of patches is a batch: all batches have the same shape, for which the network's graph is made once.
    const covered = lefts.map((left) => cover(pixels, width, { top, left, patchSize }, colour));
    const rows = await outputsFor(covered);
    // Predictions are computed at once: else Node would hear of nothing else, such as Stop, until the last row.
    await setImmediate();
    rows.forEach((outputs, i) => {
      const probabilities = probabilitiesOf(outputs, classNames.length);
      const drops = chosen.map(({ index, probability }) => probability - probabilities[index]!);
      for (const pixel of pixelsUnder({ top, left: lefts[i]!, patchSize }, width)) {
        counts[pixel]! += 1;
        drops.forEach((drop, k) => (sums[k]![pixel]! += drop));
      }
    });
  }
  const heatMaps = chosen.map(({ className, probability }, k) => {
    const values = sums[k]!.map((sum, i) => sum / counts[i]!);
    return { className, probability, height, width, values };
  });
  return { ...predictionFrom(whole, classNames), patchSize, heatMaps };

  async function outputsFor(pictures: Float32Array[]): Promise<number[][]> {
    const output = tf.tidy(() => {
      const all = pictures.map((one) => tf.tensor3d(one, shape));
      return predictProbabilities(classifier, toInput(tf.stack(all), input.rescale)); // [n, 1] or [n, classes]
    });
    return rowsOf(output);
  }
}

interface Patch {
  top: number;
  left: number;
  patchSize: number;
}

/** Where the patch begins along a side: evenly, and so that the last one ends with the side. */
function positionsOfPatch(side: number, patchSize: number): number[] {
  const last = side - patchSize;
  const steps = Math.min(last, Math.ceil((last * STEPS_A_PATCH) / patchSize));
  return Array.from({ length: steps + 1 }, (_, i) => Math.round((last * i) / Math.max(1, steps)));
}

function* pixelsUnder({ top, left, patchSize }: Patch, width: number): Generator<number> {
  for (let y = top; y < top + patchSize; y += 1) {
    for (let x = left; x < left + patchSize; x += 1) yield y * width + x;
  }
}

function cover(
  pixels: Float32Array,
  width: number,
  patch: Patch,
  colour: readonly number[],
): Float32Array {
  const covered = pixels.slice();
  for (const pixel of pixelsUnder(patch, width)) covered.set(colour, pixel * colour.length);
  return covered;
}

function meanColour(pixels: Float32Array, channels: number): number[] {
  const sums = Array.from({ length: channels }, () => 0);
  pixels.forEach((value, i) => (sums[i % channels]! += value));
  return sums.map((sum) => sum / (pixels.length / channels));
}
