import path from 'node:path';
import type { Resizing } from '../images/formats/resizing';
import type { ImageDataset } from '../images/datasets/imageDatasetFromDirectory';
import { loadImage } from '../images/datasets/loadImage';
import { backboneMark } from '../models/pretrained/backboneMark';
import type { Backbone } from '../models/pretrained/loadBackbone';
import { toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';
import { keepCheckpoint } from '../training/checkpoints/keepCheckpoint';
import { logTensorBoard, type SamplePictures } from '../runs/tensorBoard/logTensorBoard';
import { resumeTraining } from '../training/checkpoints/resumeTraining';
import { RunLog } from '../runs/log/logRun';
import { StepClock } from '../training/progress/stepClock';
import { stopAtAccuracy } from '../training/callbacks/stopAtAccuracy';
import { stopAtNaN } from '../training/callbacks/stopAtNaN';
import type { Recipe } from './recipe';
import type { Run } from './recipeOptions';
import type { RecipePictures } from './recipePictures';
import type { RecipeFeatures } from './recipeFeatures';
import type { RecipeRun } from './recipeRun';
import { writeRecipeRun } from './keptRun';

/** What a training of a recipe works with; a backbone and features where the recipe has them. */
export interface FittingParts {
  model: tf.LayersModel;
  pictures: RecipePictures;
  backbone: Backbone | undefined;
  features: RecipeFeatures | undefined;
  logs: string;
}

/** Pictures or features, rescaled, and labels. */
type Batches = tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;

/**
 * Trains the network of a run, from where its checkpoint stands.
 *
 * @param parts.model the recipe's, compiled; changed in place, and the caller's to dispose
 * @param parts.features what it learns from in the place of the pictures, where the recipe has a backbone
 * @param parts.logs folder for the log
 * @returns the log, the clock, the history of all epochs, how many there were before, and whether the recipe's accuracy was
 * reached
 * @throws {Error} when the checkpoint is of another network, stands behind the last epoch, or the loss becomes NaN
 */
export async function fitRecipe(
  recipe: Recipe,
  run: Run,
  { model, pictures, features, backbone, logs }: FittingParts,
) {
  const { data, seed, epochs, folder, files, resume, callbacks, print, loading } = run;
  const before = files ? await resumeTraining(model, files.checkpoint) : NOTHING;
  if (before.epoch > epochs) {
    throw new RangeError(
      `Cannot train the run in ${JSON.stringify(folder)} to epoch ${epochs}: ${before.epoch} are finished`,
    );
  }
  if (resume) await noteRun(recipe, run, logs, backbone);
  if (before.epoch > 0) print(`Goes on after epoch ${before.epoch} of ${epochs}`);
  const { train, validation } = pictures;
  const rescaled = (batches: ImageDataset): Batches =>
    batches.map(({ xs, ys }) => ({ xs: toInput(xs, recipe.rescale), ys }));
  const training: Batches = features?.train ?? rescaled(train.batches);
  const validating: Batches | undefined =
    features?.validation ?? (validation.batches && rescaled(validation.batches));
  const { stopAt } = recipe;
  let reachedAccuracy = false;
  const reached = (line: string) => {
    reachedAccuracy = true;
    print(line);
  };
  const settings = { recipe: recipe.name, data, seed, 'batch size': loading.batchSize };
  const log = new RunLog(path.resolve(logs), settings, print, resume);
  const clock = new StepClock();
  const samples = files ? await samplesOf(pictures, readingOf(run)) : {};
  try {
    const { history } = await model.fitDataset(training, {
      epochs,
      initialEpoch: before.epoch,
      verbose: 0,
      ...(validating ? { validationData: validating } : {}),
      callbacks: [
        clock,
        stopAtNaN(),
        ...callbacks,
        ...(stopAt === undefined ? [] : [stopAtAccuracy({ accuracy: stopAt, print: reached })]),
        ...(files ? [logTensorBoard({ folder: logs, pictures: samples, print })] : []),
        log,
        ...(files ? [keepCheckpoint({ folder: files.checkpoint })] : []),
      ],
    });
    const whole = historyOf(recipe, before.history, history as Record<string, number[]>);
    return { log, clock, history: whole, before: before.epoch, reachedAccuracy };
  } finally {
    tf.dispose(Object.values(samples));
  }
}

/** Classes whose pictures TensorBoard shows: more nobody looks at. */
const MOST_SAMPLED = 12;

/** A training that begins. */
const NOTHING = { epoch: 0, history: {} as Record<string, number[]> };

/** How the run's pictures are read, for whoever asks its model later. */
export function readingOf({ loading: { imageSize, colorMode, background } }: Run) {
  return { imageSize, colorMode, background };
}

/** Notes the settings of a run that is kept. */
export async function noteRun(
  { name }: Recipe,
  run: Run,
  logs: string,
  backbone?: Backbone,
): Promise<void> {
  const { folder, data, epochs, seed, background, colorMode } = run;
  if (folder === undefined) return;
  await writeRecipeRun(folder, {
    ...{ recipe: name, data, epochs, seed, logs, background, colorMode },
    ...(backbone ? { backbone: backboneMark(backbone) } : {}),
  });
}

/** Two training pictures of each class, and of many classes those of the first. */
async function samplesOf(
  { classNames, train }: RecipePictures,
  resizing: Resizing,
): Promise<SamplePictures> {
  const samples: Record<string, tf.Tensor4D> = {};
  for (const [label, name] of classNames.slice(0, MOST_SAMPLED).entries()) {
    const chosen = train.pictures.filter((picture) => picture.label === label).slice(0, 2);
    const pictures: tf.Tensor3D[] = [];
    for (const { path: file } of chosen) {
      pictures.push(await loadImage(file, resizing));
    }
    samples[name] = tf.stack(pictures) as tf.Tensor4D; // [2, height, width, channels]
    tf.dispose(pictures);
  }
  return samples;
}

/** Of a split run whole epochs alone: one that was broken off has no validation. */
function historyOf(
  { isSplit }: Recipe,
  before: Record<string, number[]>,
  now: Record<string, number[]>,
): RecipeRun['history'] {
  const of = (name: string) => [...(before[name] ?? []), ...(now[name] ?? [])];
  const [loss, accuracy] = [of('loss'), of('acc')];
  if (!isSplit) return { loss, accuracy };
  const [val_loss, val_accuracy] = [of('val_loss'), of('val_acc')];
  const finished = val_loss.length;
  return {
    loss: loss.slice(0, finished),
    accuracy: accuracy.slice(0, finished),
    val_loss,
    val_accuracy,
  };
}
