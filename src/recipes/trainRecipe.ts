import path from 'node:path';
import { evaluatePictures, type PicturesEvaluation } from '../evaluation/evaluatePictures';
import { checkOptionNames, type OptionNames } from '../errors/checkOptionNames';
import { checkPath } from '../errors/checkPath';
import { checkSeed } from '../errors/checkSeed';
import { show } from '../errors/show';
import { writeSplit } from '../collections/splitting/splitFile';
import { checkFits } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { logEvaluation } from '../runs/log/logEvaluation';
import type { RunLog } from '../runs/log/logRun';
import { checkOutside } from '../files/checkOutside';
import { dayName } from '../files/dayName';
import { logsFolder } from '../runs/log/logsFolder';
import { RunLogFile } from '../runs/log/runLogFile';
import { checkRecipe } from './checkRecipe';
import { fitRecipe, type FittingParts, noteRun, readingOf } from './fitRecipe';
import type { Recipe } from './recipe';
import { recipeBackbone, recipeFeatures, withBackbone } from './recipeFeatures';
import { type RecipeOptions, type Run, withRecipeDefaults } from './recipeOptions';
import { allPictures, checkClasses, partsOfPictures, type RecipePictures } from './recipePictures';
import type { RecipeRun } from './recipeRun';
import { checkNoRun, forgetCheckpoint, logsOfRun } from './keptRun';

const OPTION_NAMES: OptionNames<RecipeOptions> = {
  data: true,
  seed: true,
  epochs: true,
  folder: true,
  resume: true,
  overwrite: true,
  logs: true,
  background: true,
  colorMode: true,
  callbacks: true,
  print: true,
  progress: true,
  signal: true,
};

/**
 * Trains an exercise as one call: loads a folder of pictures, builds the network, trains it as the recipe says, and measures
 * it. The dashboard shows how it goes.
 *
 * With a `folder` the run is kept there, and goes on from its last finished epoch when it is called again with the same
 * settings and `resume`; its history is then that of a run that was not ended.
 * ```
 * folder/
 *   run.json       settings
 *   split.json     which picture is in which part, where the recipe splits
 *   checkpoint/    the state after the last finished epoch; see keepCheckpoint
 * ```
 *
 * @param recipe `happyOrSad`, `emotion`, `emotions`, or one of your own
 * @param options.data folder with one folder a class, and perhaps a manifest that names the groups
 * @param options.seed for the split, the initial weights and the order of the pictures
 * @param options.epochs at most so many in all, ≥ 1; the recipe's when left out
 * @param options.folder for this run; made where it is missing. Nothing but the log is kept when left out
 * @param options.resume continues the run in `folder`; without it a run begins
 * @param options.overwrite lets a run that begins replace settings, split and checkpoint of an earlier one in `folder`;
 * without it that is an error
 * @param options.logs folder for the log of the run, and with `folder` for TensorBoard; when left out, one in the project's
 * `logs` with the name of the folder, or of the day and the recipe, and a number where that is taken
 * @param options.background what transparent pictures are laid on; when left out transparency is dropped, as in Keras
 * @param options.colorMode how much of the pictures' colours the network gets; as the recipe says when left out
 * @param options.callbacks called beside the NaN guard, the recipe's stop, the log and the checkpoint
 * @param options.print receives what a person reads: pictures, why the training ended, what cannot be logged
 * @param options.progress shows how far the work on the pictures is that no epoch shows: called with what is done to them,
 * it gives a function that is called with the files that are done and all
 * @param options.signal keeps the training from beginning; `stopTrainings` ends one that has begun
 * @throws {TypeError} or RangeError when an option is missing or wrong; Error when the classes are not as many as the recipe allows, the pictures cannot be read or split, the folder
 * cannot be written, or lies in that of the pictures, or its split does not fit the pictures any more, the loss became NaN, a kept run was stopped before its
 * first epoch was whole, and the signal's reason
 * @example
 * const run = await trainRecipe(happyOrSad, { data: 'data/happy-or-sad', seed: 1 });
 */
export async function trainRecipe(recipe: Recipe, options: RecipeOptions): Promise<RecipeRun> {
  const start = performance.now();
  checkRecipe('Cannot train', recipe);
  checkOptionNames(`Cannot train ${JSON.stringify(recipe.name)}`, options, OPTION_NAMES);
  checkValues(recipe, options);
  const run = withRecipeDefaults(recipe, options);
  const { signal, files } = run;
  const pictures = await picturesOf(recipe, run);
  signal?.throwIfAborted();
  const backbone = await recipeBackbone(recipe, run);
  try {
    const logs = run.logs ?? (await logsFor(recipe, run));
    if (files && !run.resume) {
      await forgetCheckpoint(files.checkpoint);
      if (pictures.split) await writeSplit(files.split, run.data, run.seed, pictures.split);
      await noteRun(recipe, run, logs, backbone);
    }
    const features = backbone && (await recipeFeatures(backbone, run, pictures));
    const parts = { pictures, backbone, features, logs };
    return await trainNetwork(recipe, run, parts, start).finally(() => features?.dispose());
  } finally {
    backbone?.model.dispose();
  }
}

/** @param start when the work on the run began, by `performance.now()` */
async function trainNetwork(
  recipe: Recipe,
  run: Run,
  parts: Omit<FittingParts, 'model'>,
  start: number,
): Promise<RecipeRun> {
  const { pictures, backbone, features } = parts;
  const { seed, loading, files, signal, print } = run;
  const { classNames, train, validation, test } = pictures;
  const classes = classNames.length;
  const { colorMode } = loading;
  const given = features ? { features: features.training } : {};
  let model = await recipe.build({ seed, classes, colorMode, ...given });
  try {
    if (!backbone) checkFits(model, loading, `Cannot train ${JSON.stringify(recipe.name)}`);
    const loaded = performance.now();
    const fitted = await fitRecipe(recipe, run, { ...parts, model });
    const { log, clock, history, before, reachedAccuracy } = fitted;
    const seconds = { load: (loaded - start) / 1000, fit: (performance.now() - loaded) / 1000 };
    const finished = history.loss.length;
    if (files && (signal?.aborted || finished === 0)) {
      const state = finished === 0 ? 'before its first epoch was whole' : `after epoch ${finished}`;
      throw new Error(`Training was interrupted ${state}`);
    }
    const isNew = finished > before;
    if (isNew) comparison(recipe, history, clock.msPerStep).forEach(print);
    if (backbone) model = withBackbone(backbone, model, classNames);
    const input = { ...readingOf(run), rescale: recipe.rescale };
    const classifier = { model, classNames, input };
    const evaluation = await measure(recipe, run, { classifier, pictures, log, isNew });
    return {
      classifier,
      history,
      pictures: {
        train: train.pictures.length,
        validation: validation.pictures.length,
        test: test.length,
      },
      ...(recipe.stopAt === undefined ? {} : { reachedAccuracy }),
      ...(evaluation ? { test: evaluation } : {}),
      seconds,
      msPerStep: clock.msPerStep,
      logs: log.folder,
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function checkValues({ name }: Recipe, { data, seed, epochs, folder, logs }: RecipeOptions): void {
  const action = `Cannot train ${JSON.stringify(name)}`;
  checkPath(action, 'data, a folder of pictures,', data);
  checkSeed(action, seed);
  if (folder !== undefined) checkPath(action, 'folder', folder);
  if (logs !== undefined) checkPath(action, 'logs, a folder,', logs);
  if (epochs === undefined || (Number.isInteger(epochs) && epochs > 0)) return;
  throw new RangeError(`${action}: epochs must be a whole number from 1, got ${show(epochs)}`);
}

async function picturesOf(recipe: Recipe, run: Run): Promise<RecipePictures> {
  const { data, folder, logs, resume, overwrite, files, print, progress } = run;
  await checkClasses(recipe, data, print);
  for (const written of [folder, logs]) {
    if (written !== undefined) await checkOutside('Cannot keep the run', written, data);
  }
  if (folder !== undefined && !resume && !overwrite) await checkNoRun(folder);
  if (!recipe.isSplit) return allPictures(run, print);
  const onProgress = await progress('Looking at pictures');
  const split = { file: files?.split, isThere: resume, onProgress };
  return partsOfPictures(run, print, split);
}

/**
 * Measures the last weights and notes the answers in the run's log: those on the test part, and without a split those on the
 * training pictures, whatever becomes of them.
 *
 * @returns the test part's
 */
async function measure(
  { isSplit }: Recipe,
  { print, progress, signal }: Run,
  {
    classifier,
    pictures: { train, test },
    log,
    isNew,
  }: { classifier: Classifier; pictures: RecipePictures; log: RunLog; isNew: boolean },
): Promise<PicturesEvaluation | undefined> {
  const evaluate = async (part: typeof test) =>
    evaluatePictures(classifier, part, { onProgress: await progress('Measuring') });
  if (isSplit) {
    const evaluation = await evaluate(test);
    if (isNew) await logEvaluation(log, evaluation, { print });
    return evaluation;
  }
  if (signal?.aborted) return undefined;
  try {
    await logEvaluation(log, await evaluate(train.pictures), { name: 'training', print });
  } catch (error) {
    print(`${(error as Error).message}. The run's log is without its answers`);
  }
  return undefined;
}

/** TensorBoard takes all of a folder for one run, so a kept run that begins gets one where none is logged. */
async function logsFor({ name }: Recipe, { folder, resume }: Run): Promise<string> {
  if (folder === undefined) return path.join(logsFolder(), `${dayName()}-${name}`);
  const noted = resume ? await logsOfRun(folder) : undefined;
  const named = path.join(logsFolder(), path.basename(path.resolve(folder)));
  return noted ?? (resume ? named : RunLogFile.free(named));
}

function comparison(
  { compare }: Recipe,
  { loss, accuracy, val_loss, val_accuracy }: RecipeRun['history'],
  msPerStep: number,
): string[] {
  if (!compare || !val_loss || !val_accuracy) return [];
  return compare({
    accuracy: accuracy.at(-1)!,
    validationAccuracy: val_accuracy.at(-1)!,
    loss: loss.at(-1)!,
    validationLoss: val_loss.at(-1)!,
    msPerStep,
  });
}
