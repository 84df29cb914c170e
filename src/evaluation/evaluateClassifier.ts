import { tf } from '../tensorflow/tf';

/** A batch as `imageDatasetFromDirectory` makes it, rescaled as the model expects it. */
export type Batch = { xs: tf.Tensor; ys: tf.Tensor };

/** How well a model does on pictures. */
export interface Evaluation {
  loss: number;
  /** The part of the pictures that is classified right, in 0–1. */
  accuracy: number;
}

/**
 * Measures a compiled model on a data set, without training it.
 *
 * @param model compiled with one loss and `metrics: ['accuracy']`
 * @param pictures batches of `{xs, ys}`, `xs` in the range that the model was trained on
 * @throws Error when the model was compiled without the accuracy
 * @example
 * const { accuracy } = await evaluateClassifier(model, unseen);
 */
export async function evaluateClassifier(
  model: tf.LayersModel,
  pictures: tf.data.Dataset<Batch>,
): Promise<Evaluation> {
  const results = await model.evaluateDataset(pictures, {});
  const scalars = Array.isArray(results) ? results : [results];
  const values = await Promise.all(scalars.map(valueOf)).finally(() => tf.dispose(scalars));
  const [loss, accuracy] = ['loss', 'acc'].map((name) => values[model.metricsNames.indexOf(name)]);
  if (loss === undefined || accuracy === undefined) {
    throw new Error(
      "Cannot evaluate the model: it must be compiled with one loss and metrics: ['accuracy'], " +
        `and it measures ${model.metricsNames.join(', ')}`,
    );
  }
  return { loss, accuracy };
}

async function valueOf(scalar: tf.Scalar): Promise<number | undefined> {
  return (await scalar.data())[0];
}
