import { listed } from '../errors/listed';
import { classNamesOf } from '../images/datasets/withReading';
import type { Loss } from '../tensorflow/objective/fromLogits';
import { withItsLogits } from '../tensorflow/objective/installObjective';
import { withPenalties } from '../tensorflow/objective/installPenalties';
import { withAddedPenalties } from '../tensorflow/objective/outputPenalties';
import { penaltyOnOutputs } from '../models/layers/activityRegularizer';
import { layersIn } from '../models/layers/layersIn';
import { checkClassifier } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { checkOnlyOutput } from '../models/checkOnlyOutput';
import { outputMeaning } from '../models/outputMeaning';
import { type Rescale, toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';
import { type Evaluation, type MeasuredPicture, summarize } from './evaluation';
import { forEachBatch } from './forEachBatch';
import { byMeaning } from './byMeaning';
import { rowsOf } from './rowsOf';

export type { Evaluation };

/** A batch as the model was trained on: that of `imageDatasetFromDirectory`, as `toInput` rescales it. */
export type Batch = { xs: tf.Tensor; ys: tf.Tensor };

/** What tfjs's types call private: the losses, each of which gives one number a picture; a Sequential's are in `model`. */
interface Compiled {
  lossFunctions?: Loss[];
  model?: Compiled;
}

const ACTION = 'Cannot evaluate the model';

/**
 * Measures a classifier with a compiled model on a data set, without training it. `evaluatePictures` does the same with
 * files, and says which of them were mistaken. Keras' `Model.evaluate` and fast.ai's `Learner.validate` give the loss and the metrics alone.
 *
 * The loss is that of Keras' and tfjs's `evaluate`: the mean over the pictures, and the penalties of the model's regularizers.
 *
 * Of a model that gives logits the accuracy is that of the probabilities made from them. (Keras' "accuracy" of one logit
 * takes what is above 0.5 for the second class, and not what is above 0.) So it is of tanh with a hinge, by the sign. Of outputs
 * that say nothing about what they are, one above 0.5 is taken for the second class, and of several the largest.
 *
 * @param classifier its model compiled with one loss, whatever its metrics; of the rest the names of the classes are enough
 * @param batches of `{xs, ys}`, `xs` as the model was trained on, so rescaled already; `ys` as any label mode of
 * `imageDatasetFromDirectory` makes them
 * @throws {TypeError} when it is no classifier; Error when the model was not compiled, has several outputs, or the batches were
 * loaded with other classes or in another order; RangeError when
 * there is no picture, a label stands for no class, a class has no name, or the first batch was not rescaled
 * @example
 * const { rescale } = classifier.input;
 * const rescaled = unseen.map(({ xs, ys }) => ({ xs: toInput(xs, rescale), ys }));
 * const { accuracy, confusionMatrix } = await evaluateClassifier(classifier, rescaled);
 */
export async function evaluateClassifier(
  classifier: Pick<Classifier, 'model' | 'classNames'> & Partial<Classifier>,
  batches: tf.data.Dataset<Batch>,
): Promise<Evaluation> {
  checkClassifier(classifier, ACTION);
  const { model, classNames, input } = classifier;
  checkOnlyOutput(model, ACTION);
  checkSameClasses(classNames, classNamesOf(batches));
  const lossOf = compiledLoss(model);
  const meaning = outputMeaning(classifier);
  const answers: MeasuredPicture[] = [];
  const isPenalized = layersIn(model).some(penaltyOnOutputs);
  let penalties = 0;
  await forEachBatch(batches, async ({ xs, ys }) => {
    if (input && answers.length === 0) await checkRescaled(xs, input.rescale);
    const [outputs, losses, penalty] = withItsLogits(model, (needsApply) =>
      withAddedPenalties(() =>
        tf.tidy(() => {
          const isApplied = needsApply || isPenalized;
          const predicted = (isApplied ? model.apply(xs) : model.predict(xs)) as tf.Tensor; // [n, 1] or [n, classes]
          const each = lossOf(ys, predicted).flatten(); // [n]
          return [byMeaning(meaning, predicted), each, withPenalties(model, tf.scalar(0))];
        }),
      ),
    );
    const [added] = await penalty!.data().finally(() => penalty!.dispose());
    const measured = await answersOf(ys, outputs!, losses!);
    penalties += added! * measured.length;
    answers.push(...measured);
  });
  const { loss, ...others } = summarize(answers, classNames);
  return { ...others, loss: loss + penalties / answers.length };
}

/** A label that stands for another class there would be counted as a mistake, or a mistake as right. */
function checkSameClasses(
  classNames: readonly string[],
  ofBatches: readonly string[] | undefined,
): void {
  if (!ofBatches || JSON.stringify(ofBatches) === JSON.stringify(classNames)) return;
  throw new Error(
    `${ACTION}: the batches must have its classes in its order, ${listed(classNames)}, got ${listed(ofBatches)}`,
  );
}

/** What is far above the largest pixel was not rescaled. */
async function checkRescaled(xs: tf.Tensor, rescale: Rescale): Promise<void> {
  const lightest = () => toInput(tf.fill([1, 1, xs.shape.at(-1)!], 255), rescale).max();
  const both = tf.tidy(() => tf.stack([xs.max(), lightest()]));
  const [value = NaN, most = NaN] = await both.data().finally(() => both.dispose());
  if (!(value > 2 * most)) return;
  throw new RangeError(
    `${ACTION}: pixels as the classifier's input takes them are required, at most ${most}, got ${value}; write batches.map(({ xs, ys }) => ({ xs: toInput(xs, classifier.input.rescale), ys }))`,
  );
}

function compiledLoss(model: tf.LayersModel): Loss {
  const compiled = model as unknown as Compiled;
  const { lossFunctions = [] } = compiled.model ?? compiled;
  const [loss] = lossFunctions;
  if (loss === undefined || lossFunctions.length > 1) {
    throw new Error(
      `${ACTION}: it must be compiled with one loss, and it has ${lossFunctions.length || 'none: it is not compiled'}`,
    );
  }
  return loss;
}

async function answersOf(
  ys: tf.Tensor,
  outputs: tf.Tensor,
  losses: tf.Tensor,
): Promise<MeasuredPicture[]> {
  const [labels, rows, each] = await Promise.all([labelsOf(ys), rowsOf(outputs), rowsOf(losses)]);
  return labels.map((label, i) => ({ label, outputs: rows[i]!, loss: each[i]![0]! }));
}

/** The index of each picture's class: as it stands in `[n]` or `[n, 1]`, or where `[n, classes]` is largest. */
async function labelsOf(ys: tf.Tensor): Promise<number[]> {
  const labels = ys.rank === 2 && ys.shape[1] !== 1 ? ys.argMax(1) : ys.flatten();
  return Array.from(await labels.data().finally(() => labels.dispose()));
}
