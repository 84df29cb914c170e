import { imageDatasetFromFiles } from '../../images/datasets/imageDatasetFromFiles';
import { show } from '../../errors/show';
import { checkClassifier } from '../../models/checkClassifier';
import type { Classifier } from '../../models/classifier';
import { resizingOf } from '../../models/resizingOf';
import { toInput } from '../../models/toInput';
import { tf } from '../../tensorflow/tf';
import { forEachBatch } from '../forEachBatch';
import { predictionFrom } from '../predictPicture';
import { asProbabilities } from '../predictProbabilities';
import { rowsOf } from '../rowsOf';
import { logitLayer } from './logitLayer';
import { checkNetwork } from './networkParts';
import { principalComponents, type Projection } from './principalComponents';
import { valueAt } from './valueAt';

/** Pictures as the last layer of a network gets them. */
export interface Embedding extends Projection {
  /** The numbers for each picture from which the last layer decides. */
  vectors: Float32Array[];
  /** The class that each picture is taken for. */
  predictedClasses: string[];
}

const ACTION = 'Cannot compute the embedding';

/**
 * Computes what the last layer of a network gets for each picture, and projects it from all its dimensions to the two in
 * which the pictures differ most (principal components). Leaves no tensors behind.
 *
 * @param classifier stays the caller's to dispose
 * @param files paths of at least two pictures, of any sizes
 * @throws {RangeError} when there are fewer than two; UnreadablePicture when one cannot be read; Error when the network
 * ends in another activation than sigmoid, softmax or none, or has been disposed
 * @example
 * const { points, explainedVariance } = await embeddingOf(classifier, dataset.filePaths);
 */
export async function embeddingOf(
  classifier: Classifier,
  files: readonly string[],
): Promise<Embedding> {
  checkClassifier(classifier, ACTION);
  const { model, classNames, input } = classifier;
  checkNetwork(model, ACTION);
  const { before } = logitLayer(model, ACTION);
  if (!Array.isArray(files) || files.length < 2) {
    throw new RangeError(`${ACTION}: two pictures or more are required, got ${show(files)}`);
  }
  const batches = await imageDatasetFromFiles(
    files.map((path) => ({ path, label: 0 })),
    { ...resizingOf(classifier), classNames, shuffle: false, cache: { memory: 0, disk: 0 } },
  );
  const vectors: Float32Array[] = [];
  const predictedClasses: string[] = [];
  await forEachBatch(batches, async ({ xs }) => {
    const { found, output } = tf.tidy(() => {
      const found = valueAt(before, new Map([[model.inputs[0]!, toInput(xs, input.rescale)]]));
      const output = asProbabilities(
        classifier,
        valueAt(model.outputs[0]!, new Map([[before, found]])),
      );
      return { found: found.reshape([xs.shape[0], -1]), output }; // [n, numbers], [n, 1] or [n, classes]
    });
    const [values, outputs] = await Promise.all([rowsOf(found), rowsOf(output)]);
    vectors.push(...values.map((row) => Float32Array.from(row)));
    predictedClasses.push(...outputs.map((row) => predictionFrom(row, classNames).predictedClass));
  });
  return { ...principalComponents(vectors), vectors, predictedClasses };
}
