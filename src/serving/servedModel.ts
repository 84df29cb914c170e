import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { predictProbabilities } from '../evaluation/predictProbabilities';
import { probabilitiesOf } from '../evaluation/probabilitiesOf';
import { rowsOf } from '../evaluation/rowsOf';
import { show } from '../errors/show';
import { decodePicture } from '../images/decoding/decodePicture';
import { checkedResizing, type CheckedResizing } from '../images/formats/resizing';
import { checkClassifier } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';
import { toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';
import { Batcher, type BatchOptions, type Outcome } from './Batcher';
import { batchSizes } from './batchSizes';

/** A picture to be classified: a file's bytes, or its pixels as the model takes them, 0–255, height by width by channels. */
export type ServedPicture = Buffer | Float32Array;

/** A model that answers many at a time. */
export interface ServedModel {
  name: string;
  version: string;
  classifier: Classifier;
  /** As the pictures are read. */
  resizing: CheckedResizing;
  /** Pictures that wait. */
  waiting(): number;
  /**
   * @param signal ends the wait when nobody is there any more to be answered
   * @returns the probabilities of each picture, one a class, as `classNames` stand
   * @throws {UnreadablePicture} when a file's bytes are none; ServingError when too many wait, or too long
   */
  predict(pictures: readonly ServedPicture[], signal?: AbortSignal): Promise<number[][]>;
  /** Waits for what was accepted, and disposes of the model. */
  close(): Promise<void>;
}

/** What stands in an address. */
const NAME = /^[\w.-]+$/;

/** The name under which a model is served: that of its folder or file. */
export function servedName(location: string): string {
  const file = path.resolve(location);
  const base = path.basename(file) === 'model.json' ? path.dirname(file) : file;
  const name = path.basename(base).replace(/\.(?:keras|h5|hdf5)$/, '');
  if (NAME.test(name)) return name;
  throw new Error(
    `Cannot serve ${show(location)}: its name stands in addresses, so letters, digits, ".", "_" and "-" are required, got ${show(name)}; name it anew`,
  );
}

/**
 * Makes a classifier answer many at a time, in batches. While it gets ready other models go on to answer.
 *
 * @param classifier it is the served model's from now on, which disposes of it
 * @param onBatch told how many pictures each batch had
 * @throws {Error} when no class can be read from what the model gives
 */
export async function serveModel(
  { name, version, classifier }: Pick<ServedModel, 'name' | 'version' | 'classifier'>,
  options: BatchOptions,
  onBatch?: (size: number) => void,
): Promise<ServedModel> {
  checkClassifier(classifier, 'Cannot serve');
  const resizing = checkedResizing('Cannot serve', resizingOf(classifier));
  const sizes = batchSizes(options.batchSize);
  await warmUp(classifier, resizing, sizes);
  const run = (pictures: ServedPicture[]) => predictBatch(classifier, resizing, sizes, pictures);
  const batcher = new Batcher(options, run, onBatch);
  const accepted = new Set<Promise<unknown>>();
  return {
    ...{ name, version, classifier, resizing },
    waiting: () => batcher.length,
    async predict(pictures, signal) {
      const answer = batcher.add(pictures, signal);
      accepted.add(answer);
      return answer.finally(() => accepted.delete(answer));
    },
    async close() {
      await Promise.allSettled(accepted);
      classifier.model.dispose();
    },
  };
}

/** The first batches of a size are slow: the second one makes its graph, and TensorFlow plans at the third. */
async function warmUp(
  classifier: Classifier,
  resizing: CheckedResizing,
  sizes: number[],
): Promise<void> {
  const { imageSize, channels } = resizing;
  for (const size of sizes) {
    for (let time = 0; time < 3; time++) {
      await setImmediate();
      tf.tidy(() => {
        predictProbabilities(classifier, tf.zeros([size, ...imageSize, channels])).dataSync();
      });
    }
  }
}

/** One unreadable picture must not cost the others their answer. */
async function predictBatch(
  classifier: Classifier,
  resizing: CheckedResizing,
  sizes: readonly number[],
  pictures: readonly ServedPicture[],
): Promise<Array<Outcome<number[]>>> {
  const outcomes: Array<Outcome<number[]>> = [];
  const images: tf.Tensor3D[] = [];
  const places: number[] = [];
  for (const [i, picture] of pictures.entries()) {
    try {
      images.push(pixelsOf(picture, resizing));
      places.push(i);
    } catch (error) {
      outcomes[i] = { error: error as Error };
    }
  }
  if (images.length === 0) return outcomes;
  const size = sizes.find((each) => each >= images.length)!;
  const output = tf.tidy(() => {
    const filled = Array.from({ length: size }, (_, i) => images[i] ?? images[0]!);
    const xs = tf.stack(filled); // [size, height, width, channels]
    tf.dispose(images);
    return predictProbabilities(classifier, toInput(xs, classifier.input.rescale));
  });
  const rows = await rowsOf(output);
  for (const [row, place] of places.entries()) {
    outcomes[place] = outcomeOf(rows[row]!, classifier.classNames.length);
  }
  return outcomes;
}

function outcomeOf(outputs: number[], classes: number): Outcome<number[]> {
  try {
    return { result: probabilitiesOf(outputs, classes) };
  } catch (error) {
    return { error: error as Error };
  }
}

/** `[height, width, channels]`; the caller disposes it. */
function pixelsOf(picture: ServedPicture, resizing: CheckedResizing): tf.Tensor3D {
  if (picture instanceof Float32Array) {
    return tf.tensor3d(picture, [...resizing.imageSize, resizing.channels]);
  }
  return decodePicture(picture, `of ${picture.length} bytes`, resizing);
}
