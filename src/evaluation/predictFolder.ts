import { checkOptionNames } from '../errors/checkOptionNames';
import { decodePicture } from '../images/decoding/decodePicture';
import { picturesUnder, type SkippedFile } from '../images/formats/listPictures';
import { lookAtPictures } from '../images/datasets/listReadablePictures';
import { readPictureFile } from '../images/formats/pictureFile';
import { PictureStream } from '../images/decoding/pictureStream';
import { checkedResizing, type CheckedResizing } from '../images/formats/resizing';
import { show } from '../errors/show';
import { warnOfColours } from '../images/datasets/warnOfColours';
import { UnreadablePicture } from '../images/formats/UnreadablePicture';
import { checkClassifier } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';
import { toInput } from '../models/toInput';
import { tensorFromNative } from '../tensorflow/native/nativeTensor';
import { tf } from '../tensorflow/tf';
import { type Prediction, predictionFrom } from './predictPicture';
import { predictProbabilities } from './predictProbabilities';
import { rowsOf } from './rowsOf';

/** What a classifier says about one picture of a folder. */
export interface FilePrediction extends Prediction {
  path: string;
}

/** Pictures that the model gets at once. */
const BATCH = 32;

/**
 * Classifies all pictures in a folder and the folders in it, in batches, as `predictPicture` classifies one.
 *
 * @param classifier a model with its class names and input; it stays the caller's to dispose
 * @param folder holds files named .bmp, .gif, .jpeg, .jpg or .png
 * @param options.onProgress called with the pictures that are done and all
 * @returns a prediction for each picture that can be read, by folder and name; and what was skipped, and why
 * @throws {Error} when the folder cannot be read or holds no picture that can be read, or the model gives no probabilities
 * @example
 * const { predictions, skipped } = await predictFolder(classifier, 'holidays');
 */
export async function predictFolder(
  classifier: Classifier,
  folder: string,
  options: { onProgress?: (done: number, all: number) => void } = {},
): Promise<{ predictions: FilePrediction[]; skipped: SkippedFile[] }> {
  const action = `Cannot classify the pictures in ${show(folder)}`;
  checkClassifier(classifier, action);
  const { classNames, input } = classifier;
  checkOptionNames(action, options, { onProgress: true });
  const { onProgress = () => {} } = options;
  const resizing = checkedResizing(action, resizingOf(classifier));
  await tf.ready();
  const skipped: SkippedFile[] = [];
  const pictures = (await picturesUnder(folder, skipped)).map((path) => ({ path, label: 0 }));
  const { readable, unreadable } = await lookAtPictures(pictures, false, resizing.colorMode);
  await warnOfColours(readable, resizing);
  for (const [path, reason] of unreadable) skipped.push({ path, reason });

  const predictions: FilePrediction[] = [];
  let waiting: Array<{ path: string; image: tf.Tensor }> = [];
  const stream = new PictureStream(readable, resizing, 2 * BATCH);
  try {
    for (const [i, { path }] of readable.entries()) {
      const id = await stream.next();
      try {
        waiting.push({ path, image: await imageOf(path, id, resizing) });
      } catch (error) {
        if (!(error instanceof UnreadablePicture)) throw error;
        skipped.push({ path, reason: error.reason });
      }
      if (waiting.length === BATCH || i === readable.length - 1) {
        await predictWaiting();
        onProgress(i + 1, readable.length);
      }
    }
  } finally {
    stream.close();
    tf.dispose(waiting.map(({ image }) => image));
  }
  if (predictions.length === 0) throw new Error(`${action}: ${whyNone(skipped)}`);
  return { predictions, skipped };

  async function predictWaiting(): Promise<void> {
    const batch = waiting;
    if (batch.length === 0) return;
    const output = tf.tidy(() => {
      const xs = tf.stack(batch.map(({ image }) => image)); // [n, height, width, channels]
      return predictProbabilities(classifier, toInput(xs, input.rescale)); // [n, 1] or [n, classes]
    });
    for (const [i, outputs] of (await rowsOf(output)).entries()) {
      predictions.push({ path: batch[i]!.path, ...predictionFrom(outputs, classNames) });
    }
    tf.dispose(batch.map(({ image }) => image));
    waiting = [];
  }
}

/** A picture `[height, width, channels]`: as it was decoded ahead, or decoded now. */
async function imageOf(
  path: string,
  id: number | undefined,
  resizing: CheckedResizing,
): Promise<tf.Tensor> {
  return id === undefined
    ? decodePicture(await readPictureFile(path), show(path), resizing)
    : tensorFromNative(id, [...resizing.imageSize, resizing.channels]);
}

function whyNone([first]: readonly SkippedFile[]): string {
  const found = first ? `, but for what cannot be used: ${show(first.path)}, ${first.reason}` : '';
  return `a readable .bmp, .gif, .jpeg, .jpg or .png is required, got none${found}`;
}
