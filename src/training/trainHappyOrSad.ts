import path from 'node:path';
import type { fileProgress } from '../display/text/fileProgress';
import { evaluatePictures } from '../evaluation/evaluatePictures';
import type { Background } from '../images/background';
import { type ImageDataset, imageDatasetFromDirectory } from '../images/imageDatasetFromDirectory';
import { listPictures } from '../images/listPictures';
import { buildHappyOrSad } from '../models/buildHappyOrSad';
import type { Classifier } from '../models/classifier';
import type { tf } from '../tensorflow/tf';
import { logEvaluation } from './runLog/logEvaluation';
import { logRun, type RunLog } from './runLog/logRun';
import { logsFolder } from './runLog/logsFolder';
import { stopAtAccuracy } from './stopAtAccuracy';

/** What the happy-or-sad exercise counts as reached. */
const wantedAccuracy = 0.999;
const imageSize: [number, number] = [150, 150];
/** Divided by, as in lesson 1: to multiply by `scale` rounds otherwise, and the training would be another one. */
const brightest = 255;
const scale = 1 / brightest;
const batchSize = 10;

/** What a finished training leaves. */
export interface TrainingRun {
  /** The caller disposes `classifier.model`. */
  classifier: Classifier;
  /** One number an epoch. */
  history: { loss: number[]; accuracy: number[] };
  /** How many pictures each part held. */
  pictures: { train: number; validation: number; test: number };
  reachedAccuracy: boolean;
  seconds: { load: number; fit: number };
  /** Mean time of a batch of 10 pictures over the whole training. */
  msPerStep: number;
  /** The folder with the log of this run, for the dashboard. */
  logs: string;
}

/**
 * The happy-or-sad exercise as one call: loads two folders of pictures, rescales them to 0–1, builds the network and
 * trains it until the accuracy is 99.9 % or the epochs are over. The dashboard shows how it goes, and in the end the
 * answers on the pictures that it was trained with.
 *
 * @param options.data folder with one folder a class
 * @param options.epochs at most so many, ≥ 1
 * @param options.seed for the initial weights and the order of the pictures
 * @param options.logs folder for the log of the run; a new one in the project's `logs` when left out
 * @param options.background what transparent pictures are laid on; when left out transparency is dropped, as in Keras
 * @param options.callbacks called besides the one that stops at 99.9 %
 * @param options.print receives what a person reads: the pictures found, the reason why the training ended
 * @param options.progress shows how far the work on the pictures is that no epoch tells of, as `fileProgress` does; called with
 * what is done to them
 * @param options.signal keeps the training from beginning; `stopTrainings` ends one that has begun
 * @throws Error when there are not two classes, what `imageDatasetFromDirectory` throws on pictures that cannot be
 * used, and the signal's reason
 * @example
 * const run = await trainHappyOrSad({ data: 'data/happy-or-sad', epochs: 15, seed: 1 });
 */
export async function trainHappyOrSad({
  data,
  epochs,
  seed,
  logs = path.join(logsFolder(), `${today()}-happy-or-sad`),
  background,
  callbacks = [],
  print = () => {},
  progress = async () => () => {},
  signal,
}: {
  data: string;
  epochs: number;
  seed: number;
  logs?: string;
  background?: Background;
  callbacks?: Array<tf.Callback | tf.CustomCallback>;
  print?: (line: string) => void;
  progress?: typeof fileProgress;
  signal?: AbortSignal;
}): Promise<TrainingRun> {
  const start = performance.now();
  await checkTwoClasses(data);
  const pictures = await imageDatasetFromDirectory(data, {
    imageSize,
    batchSize,
    labelMode: 'binary',
    seed,
    background,
  });
  const rescaled = pictures.map(({ xs, ys }) => ({ xs: xs.div(brightest), ys }));
  print(`${pictures.filePaths.length} pictures, classes: ${pictures.classNames.join(', ')}`);
  const [skipped] = pictures.skipped;
  if (skipped) {
    print(
      `${pictures.skipped.length === 1 ? '1 file' : `${pictures.skipped.length} files`} skipped, the first: ${skipped.path} (${skipped.reason})`,
    );
  }

  signal?.throwIfAborted();

  const loaded = performance.now();
  let reachedAccuracy = false;
  const stop = stopAtAccuracy(wantedAccuracy, (line) => {
    reachedAccuracy = true;
    print(line);
  });
  const log = logRun(logs, {
    settings: { recipe: 'happy-or-sad', data, seed, 'batch size': batchSize },
    print,
  });
  const model = buildHappyOrSad({ seed });
  const { history, epoch } = await model
    .fitDataset(rescaled, { epochs, verbose: 0, callbacks: [...callbacks, stop, log] })
    .catch((error: unknown) => {
      model.dispose();
      throw error;
    });
  const fitted = performance.now();
  const classifier = { model, classNames: [...pictures.classNames], imageSize, scale, background };
  if (!signal?.aborted) await logAnswers(log, classifier, pictures, { print, progress });

  return {
    classifier,
    history: { loss: history['loss'] as number[], accuracy: history['acc'] as number[] },
    pictures: { train: pictures.filePaths.length, validation: 0, test: 0 },
    reachedAccuracy,
    seconds: { load: (loaded - start) / 1000, fit: (fitted - loaded) / 1000 },
    msPerStep: (fitted - loaded) / (epoch.length * pictures.size),
    logs: log.folder,
  };
}

/** What the network says about the pictures that it was trained with; the training is done, whatever becomes of them. */
async function logAnswers(
  log: RunLog,
  classifier: Classifier,
  { filePaths, labels }: ImageDataset,
  { print, progress }: { print: (line: string) => void; progress: typeof fileProgress },
): Promise<void> {
  const answered = filePaths.map((file, i) => ({ path: file, label: labels[i]! }));
  try {
    const evaluation = await evaluatePictures(classifier, answered, {
      onProgress: await progress('Measuring'),
    });
    await logEvaluation(log, evaluation, { name: 'training', print });
  } catch (error) {
    print(`${(error as Error).message}. The run's log is without its answers`);
  }
}

/** As this computer's calendar says. */
function today(): string {
  const now = new Date();
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}

async function checkTwoClasses(data: string): Promise<void> {
  const { classNames } = await listPictures(data);
  if (classNames.length !== 2) {
    const found = `${classNames.length}: ${classNames.map((name) => JSON.stringify(name)).join(', ')}`;
    throw new Error(
      `Cannot train happy-or-sad on ${JSON.stringify(data)}: folders for exactly two classes are required, got ${found}`,
    );
  }
}
