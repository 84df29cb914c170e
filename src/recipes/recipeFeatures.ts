import { backboneMark } from '../models/pretrained/backboneMark';
import { featureBatches, type FeatureBatch } from '../models/pretrained/featureBatches';
import { featuresOf } from '../models/pretrained/featuresOf';
import { joinHead } from '../models/pretrained/joinHead';
import { type Backbone, loadBackbone } from '../models/pretrained/loadBackbone';
import type { LabelledPicture } from '../images/formats/listPictures';
import { labelModeFor } from '../models/outputLayer';
import { tf } from '../tensorflow/tf';
import { readRecipeRun } from './keptRun';
import type { Recipe } from './recipe';
import type { Run } from './recipeOptions';
import type { RecipePictures } from './recipePictures';

/** What a network learns from in the place of pictures. */
export interface RecipeFeatures {
  /** Of the training pictures, `[n, numbers]`; they and those of the validation live until `dispose`. */
  training: tf.Tensor2D;
  train: tf.data.Dataset<FeatureBatch>;
  validation: tf.data.Dataset<FeatureBatch>;
  dispose: () => void;
}

/**
 * Loads the backbone of a recipe.
 *
 * @returns undefined where the recipe has none; the caller disposes its model
 * @throws {Error} when it takes other pictures than the recipe loads, or the run that is resumed had another one
 */
export async function recipeBackbone(recipe: Recipe, run: Run): Promise<Backbone | undefined> {
  if (!recipe.backbone) return undefined;
  const { name, layer } = recipe.backbone;
  const { imageSize, colorMode, background } = run.loading;
  const input = { imageSize, colorMode, background, rescale: recipe.rescale };
  const backbone = await loadBackbone(name, { layer, input });
  const noted = run.resume && run.folder ? (await readRecipeRun(run.folder)).backbone : undefined;
  if (noted === undefined || noted === backboneMark(backbone)) return backbone;
  backbone.model.dispose();
  throw new Error(
    `Cannot resume the run in ${JSON.stringify(run.folder)}: its network was trained on the features of another backbone than ${name} up to ${layer}; begin a new run`,
  );
}

/**
 * Computes the features of the pictures that a run trains and validates with, or reads them where they are kept.
 *
 * @param backbone stays the caller's
 * @throws {Error} when a picture cannot be read, and the signal's reason
 */
export async function recipeFeatures(
  backbone: Backbone,
  { seed, loading: { batchSize }, progress, signal }: Run,
  { classNames, train, validation }: RecipePictures,
): Promise<RecipeFeatures> {
  const show = await progress('Computing features');
  const onProgress = (done: number, all: number) => {
    signal?.throwIfAborted();
    show(done, all);
  };
  const pictures = [...train.pictures, ...validation.pictures];
  const all = await featuresOf(backbone, pictures, { onProgress });
  const [training, validating] = tf.split(all, [
    train.pictures.length,
    validation.pictures.length,
  ]) as [tf.Tensor2D, tf.Tensor2D];
  all.dispose();
  const classes = classNames.length;
  const dealt = {
    batchSize,
    labelMode: labelModeFor(classes),
    classes,
  } as const;
  const of = (features: tf.Tensor2D, part: readonly LabelledPicture[]) => ({
    features,
    labels: part.map(({ label }) => label),
  });
  return {
    training,
    train: featureBatches(of(training, train.pictures), { ...dealt, seed }),
    validation: featureBatches(of(validating, validation.pictures), dealt),
    dispose: () => tf.dispose([training, validating]),
  };
}

/**
 * Joins what a recipe has trained on features with the backbone that found them.
 *
 * @param head disposed
 * @returns takes pictures; the caller disposes it
 */
export function withBackbone(
  backbone: Backbone,
  head: tf.LayersModel,
  classNames: readonly string[],
): tf.LayersModel {
  const { model } = joinHead(backbone, {
    model: head,
    classNames,
    backbone: backboneMark(backbone),
  });
  head.dispose();
  return model;
}
