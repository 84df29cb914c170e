import path from 'node:path';
import { fileProgress } from '../display/text/fileProgress';
import { openBrowser } from '../display/plots/openBrowser';
import { openPlotPage } from '../display/plots/plotPage';
import { UnreadablePicture } from '../images/formats/UnreadablePicture';
import type { Recipe } from '../recipes/recipe';
import { writeTrainedWith } from '../recipes/trainedWith';
import { saveClassifier } from '../saving/saveClassifier';
import { tf } from '../tensorflow/tf';
import { trainingDevice } from '../tensorflow/trainingDevice';
import { plotTraining } from '../training/progress/plotTraining';
import { showProgress } from '../training/progress/showProgress';
import { stopTrainings } from '../training/fit/stopTrainings';
import { checkFolder, makeNewFolder, RUNS_FOLDER } from './outputFolder';
import { quarantineAdvice } from './quarantineAdvice';
import { describeScores } from './describeScores';
import { type NamedRun, runRecipe } from './runRecipe';
import type { TrainOptions } from './trainOptions';

const imported = performance.now() / 1000;

/**
 * `smile-lab train`: trains a recipe, saves the model, and reports how it went.
 *
 * @throws {Error} when the pictures cannot be used, the folder is taken, or the training was interrupted: then nothing
 * is saved
 */
export async function train(options: TrainOptions, recipes: readonly Recipe[]): Promise<void> {
  const { json, plot } = options;
  const print = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);
  const page = plot ? await openCurves(options, print) : undefined;
  try {
    await trainAndSave(options, recipes, print, page?.callbacks ?? []);
  } catch (error) {
    if (!(error instanceof UnreadablePicture) || options.resume !== undefined) throw error;
    const recipe = recipes.find(({ name }) => name === options.recipe);
    const colorMode = options.colorMode ?? recipe?.loading.colorMode;
    throw new Error(`${error.message}. ${quarantineAdvice(options.data, colorMode)}`, {
      cause: error,
    });
  } finally {
    await page?.close();
  }
}

async function trainAndSave(
  options: TrainOptions,
  recipes: readonly Recipe[],
  print: (line: string) => void,
  callbacks: tf.Callback[],
): Promise<void> {
  const { data, out, resume, force, json } = options;
  const interruption = onInterrupt();
  await tf.ready(); // WebGPU takes a moment to start
  const device = trainingDevice();
  await checkFolder(resume ?? out ?? RUNS_FOLDER, force || out === undefined, data);

  print(device.description);
  const surroundings = {
    print,
    progress: fileProgress,
    callbacks: [showProgress(), ...callbacks],
    signal: interruption.signal,
  };
  const { test, ...run } = await runRecipe(options, surroundings, recipes);
  const { recipe, classifier, history, pictures, reachedAccuracy, msPerStep, logs } = run;
  const epochsRun = history.loss.length;
  if (interruption.signal.aborted) {
    throw new Error(`Training was interrupted in epoch ${epochsRun}; nothing was saved`);
  }
  const folder = run.folder ?? out ?? (await makeNewFolder(recipe));
  const model = await saveClassifier(classifier, folder, {
    overwrite: force || resume !== undefined,
  });
  // The model is saved; without the note it is as good.
  await writeTrainedWith(folder, { data: run.data, logs, recipe, seed: run.seed }).catch(() => {});
  interruption.forget();

  const seconds = { import: imported, ...run.seconds, total: performance.now() / 1000 };
  // A run that was finished already has made no step.
  const pace = Number.isFinite(msPerStep) ? ` (${msPerStep.toFixed(0)} ms a step)` : '';
  print(
    `Trained ${epochsRun} ${epochsRun === 1 ? 'epoch' : 'epochs'} in ` +
      `${seconds.fit.toFixed(1)} s${pace}. Model: ${model}`,
  );
  describeScores({ ...run, ...(test ? { test } : {}) }).forEach(print);
  if (json) {
    const { kind, tensorflow } = device;
    const { classNames } = classifier;
    const result = { recipe, device: kind, tensorflow, classNames, pictures, epochsRun };
    process.stdout.write(
      `${JSON.stringify({ ...result, reachedAccuracy, history, test: scoresOf(test), seconds, msPerStep, model, logs: path.relative('', logs) })}\n`,
    );
  }
}

/** What a program gets of the test part. */
function scoresOf(test: NamedRun['test']) {
  if (!test) return undefined;
  const { precision, recall, f1, accuracy, count, classNames } = test;
  const { topTwoAccuracy, calibrationError, classes } = test;
  // Of two classes Keras calls it binary accuracy, as the document of the exercise does.
  const name = classNames.length === 2 ? 'binaryAccuracy' : 'accuracy';
  return {
    precision,
    recall,
    f1,
    [name]: accuracy,
    count,
    topTwoAccuracy,
    calibrationError,
    classes,
  };
}

/** A page in the browser that shows the curves while they grow. */
async function openCurves(
  { recipe, out, resume, port }: TrainOptions,
  print: (line: string) => void,
) {
  const name = path.basename(path.resolve(resume ?? out ?? recipe));
  const page = await openPlotPage({ title: name, port });
  print(`Curves: ${page.address}`);
  openBrowser(page.address);
  return { callbacks: [plotTraining(page, name)], close: () => page.close() };
}

/** The first Ctrl-C ends the training in good order; a second one ends the process as usual. */
function onInterrupt() {
  const controller = new AbortController();
  const stop = () => {
    controller.abort(new Error('Interrupted before the training began; nothing was saved'));
    void stopTrainings();
  };
  process.once('SIGINT', stop);
  return { signal: controller.signal, forget: () => process.off('SIGINT', stop) };
}
