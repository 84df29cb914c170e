import path from 'node:path';
import type { fileProgress } from '../display/text/fileProgress';
import { evaluatePictures, type PicturesEvaluation } from '../evaluation/evaluatePictures';
import type { Background } from '../images/background';
import { type FileDatasetOptions, imageDatasetFromFiles } from '../images/imageDatasetFromFiles';
import { type LabelledPicture, listPictures } from '../images/listPictures';
import { loadImage } from '../images/loadImage';
import { writeSplit } from '../images/splitting/splitFile';
import { splitPictures } from '../images/splitting/splitPictures';
import { buildEmotion } from '../models/buildEmotion';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';
import { compareWithOriginal } from './compareWithOriginal';
import { checkNoRun, filesOf, forgetCheckpoint, logsOfRun, writeRun } from './emotionRun';
import { keepCheckpoint } from './keepCheckpoint';
import { logTensorBoard, type SamplePictures } from './logTensorBoard';
import { resumeTraining } from './resumeTraining';
import { logEvaluation } from './runLog/logEvaluation';
import { RunLog } from './runLog/logRun';
import { logsFolder } from './runLog/logsFolder';
import { RunLogFile } from './runLog/runLogFile';
import { StepClock } from './stepClock';
import { stopAtNaN } from './stopAtNaN';

const imageSize: [number, number] = [256, 256];
const scale = 1 / 255;
const batchSize = 32;

/** What a finished training of the emotion exercise leaves. */
export interface EmotionRun {
  /** The caller disposes `classifier.model`. */
  classifier: Classifier;
  /** One number an epoch, also of the epochs before a resumed training. */
  history: { loss: number[]; accuracy: number[]; val_loss: number[]; val_accuracy: number[] };
  /** How many pictures each part held. */
  pictures: { train: number; validation: number; test: number };
  /** How the last weights do on the test part. */
  test: PicturesEvaluation;
  seconds: { load: number; fit: number };
  /** Mean time of a batch of 32 pictures, with its share of the validation, over the epochs that were made now. */
  msPerStep: number;
  /** The folder with the log of this run, for the dashboard, and with TensorBoard's. */
  logs: string;
}

/**
 * The emotion exercise as one call: splits a folder of pictures 70/20/10 by group, trains the network on the first part
 * with batches of 32, by default for 20 epochs, keeps the last weights, and measures them on the test part.
 *
 * ```
 * folder/
 *   run.json       settings
 *   split.json     which picture is in which part
 *   checkpoint/    the state after the last finished epoch; see keepCheckpoint
 * ```
 * A run that ended early goes on from its last finished epoch when it is called again with the same settings and
 * `resume`; its history is that of a run that was not ended.
 *
 * @param options.data folder with two class folders, and perhaps a manifest that names the groups
 * @param options.folder for this run; made where it is missing
 * @param options.epochs so many in all, ≥ 1; 20 when left out
 * @param options.seed for the split, the initial weights and the order of the pictures
 * @param options.resume goes on with the run in `folder`; without it a run begins
 * @param options.overwrite lets a run that begins replace settings, split and checkpoint of an earlier one in `folder`;
 * without it that is an error
 * @param options.logs folder for the log of the run and for TensorBoard; when left out, one with the run's name in the
 * project's `logs`, and a number where that is taken
 * @param options.background what transparent pictures are laid on; when left out transparency is dropped, as in Keras
 * @param options.callbacks called beside NaN guard, TensorBoard, checkpoint and the run's log
 * @param options.print receives what a person reads: pictures, what cannot be logged, our figures beside the original's
 * @param options.progress shows how far the work on the pictures is that no epoch tells of, as `fileProgress` does; called with
 * what is done to them
 * @param options.signal keeps the training from beginning; `stopTrainings` ends one that has begun
 * @throws Error when there are not two classes, the pictures cannot be split or read, the folder cannot be written or its
 * split does not fit the pictures any more, the loss became NaN, the training was stopped before its first epoch was whole,
 * and the signal's reason
 * @example
 * const run = await trainEmotion({ data: 'data/emotions', folder: 'models/emotions', seed: 1 });
 */
export async function trainEmotion({
  data,
  folder,
  epochs = 20,
  seed,
  resume = false,
  overwrite = false,
  logs: givenLogs,
  background,
  callbacks = [],
  print = () => {},
  progress = async () => () => {},
  signal,
}: {
  data: string;
  folder: string;
  epochs?: number;
  seed: number;
  resume?: boolean;
  overwrite?: boolean;
  logs?: string;
  background?: Background;
  callbacks?: Array<tf.Callback | tf.CustomCallback>;
  print?: (line: string) => void;
  progress?: typeof fileProgress;
  signal?: AbortSignal;
}): Promise<EmotionRun> {
  const start = performance.now();
  const files = filesOf(folder);
  await checkTwoClasses(data);
  if (!resume && !overwrite) await checkNoRun(folder);
  const split = await splitPictures(data, {
    seed,
    background,
    onProgress: await progress('Looking at pictures'),
    ...(resume ? { file: files.split } : {}),
  });
  const { classNames, train, validation, test, leftOut } = split;
  const pictures = { train: train.length, validation: validation.length, test: test.length };
  print(
    `${pictures.train} pictures to train, ${pictures.validation} to validate, ${pictures.test} to test, classes: ${classNames.join(', ')}`,
  );
  const [first, second] = leftOut;
  if (first) {
    const all = second
      ? `${leftOut.length} files left out, all of them named in ${files.split}; the first`
      : '1 file left out';
    print(`${all}: ${first.path} (${first.reason})`);
  }
  signal?.throwIfAborted();
  if (!resume) {
    await forgetCheckpoint(files.checkpoint);
    await writeSplit(files.split, data, seed, split);
  }
  const logs = givenLogs ?? (await logsFor(folder, resume));
  if (!resume) await writeRun(folder, { data, epochs, seed, logs, background });

  const model = buildEmotion({ seed });
  const samples = await samplesOf(train, classNames, background);
  try {
    const before = await resumeTraining(model, files.checkpoint);
    if (before.epoch > epochs) {
      throw new RangeError(
        `Cannot train the run in ${JSON.stringify(folder)} to epoch ${epochs}: ${before.epoch} are finished`,
      );
    }
    if (resume) await writeRun(folder, { data, epochs, seed, logs, background });
    if (before.epoch > 0) print(`Goes on after epoch ${before.epoch} of ${epochs}`);
    const load = (part: LabelledPicture[], shuffle: boolean) =>
      rescaled(part, { shuffle, classNames, seed, background });
    const batches = await load(train, true);
    const validationBatches = await load(validation, false);
    const clock = new StepClock();
    const settings = { recipe: 'emotion', data, seed, 'batch size': batchSize };
    const log = new RunLog(path.resolve(logs), settings, print, resume);
    const loaded = performance.now();
    const { history } = await model.fitDataset(batches, {
      epochs,
      initialEpoch: before.epoch,
      verbose: 0,
      validationData: validationBatches,
      callbacks: [
        clock,
        stopAtNaN(),
        ...callbacks,
        logTensorBoard(logs, { pictures: samples, print }),
        // Before the checkpoint: an epoch that was noted and not kept is made again, one that was kept is never lost.
        log,
        keepCheckpoint(files.checkpoint),
      ],
    });
    const fitted = performance.now();
    const whole = historyOf(before.history, history as Record<string, number[]>);
    const finished = whole.val_loss.length;
    if (signal?.aborted || finished === 0) {
      const state = finished === 0 ? 'before its first epoch was whole' : `after epoch ${finished}`;
      throw new Error(`Training was interrupted ${state}`);
    }
    if (finished > before.epoch) {
      print(
        'The last epoch beside the figures that the document of the exercise gives for its own pictures, which are not published: yours need not equal them.',
      );
      compareWithOriginal({
        accuracy: whole.accuracy.at(-1)!,
        validationAccuracy: whole.val_accuracy.at(-1)!,
        loss: whole.loss.at(-1)!,
        validationLoss: whole.val_loss.at(-1)!,
        msPerStep: clock.msPerStep,
      }).forEach(print);
    }
    const classifier = { model, classNames, imageSize, scale, background };
    const evaluation = await evaluatePictures(classifier, test, {
      onProgress: await progress('Measuring'),
    });
    if (finished > before.epoch) await logEvaluation(log, evaluation, { print });
    return {
      classifier,
      history: whole,
      pictures,
      test: evaluation,
      seconds: { load: (loaded - start) / 1000, fit: (fitted - loaded) / 1000 },
      msPerStep: finished > before.epoch ? clock.msPerStep : NaN,
      logs: log.folder,
    };
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    tf.dispose(Object.values(samples));
  }
}

/** TensorBoard takes all of a folder for one run, so a run that begins gets one where none is logged. */
async function logsFor(folder: string, resume: boolean): Promise<string> {
  const noted = resume ? await logsOfRun(folder) : undefined;
  const named = path.join(logsFolder(), path.basename(path.resolve(folder)));
  return noted ?? (resume ? named : RunLogFile.free(named));
}

async function rescaled(
  part: readonly LabelledPicture[],
  options: Pick<FileDatasetOptions, 'background' | 'classNames' | 'seed' | 'shuffle'>,
) {
  const batches = await imageDatasetFromFiles(part, {
    ...options,
    imageSize,
    batchSize,
    labelMode: 'binary',
  });
  return batches.map(({ xs, ys }) => ({ xs: xs.mul(scale), ys }));
}

/** Two training pictures of each class. */
async function samplesOf(
  train: readonly LabelledPicture[],
  classNames: readonly string[],
  background: Background | undefined,
): Promise<SamplePictures> {
  const samples: Record<string, tf.Tensor4D> = {};
  for (const [label, name] of classNames.entries()) {
    const chosen = train.filter((picture) => picture.label === label).slice(0, 2);
    const pictures: tf.Tensor3D[] = [];
    for (const { path: file } of chosen)
      pictures.push(await loadImage(file, { imageSize, background }));
    samples[name] = tf.stack(pictures) as tf.Tensor4D; // [2, 256, 256, 3]
    tf.dispose(pictures);
  }
  return samples;
}

/** Whole epochs alone: one that was broken off has no validation. */
function historyOf(
  before: Record<string, number[]>,
  now: Record<string, number[]>,
): EmotionRun['history'] {
  const of = (name: string) => [...(before[name] ?? []), ...(now[name] ?? [])];
  const finished = of('val_loss').length;
  return {
    loss: of('loss').slice(0, finished),
    accuracy: of('acc').slice(0, finished),
    val_loss: of('val_loss'),
    val_accuracy: of('val_acc'),
  };
}

async function checkTwoClasses(data: string): Promise<void> {
  const { classNames } = await listPictures(data);
  if (classNames.length !== 2) {
    const found = `${classNames.length}: ${classNames.map((name) => JSON.stringify(name)).join(', ')}`;
    throw new Error(
      `Cannot train emotion on ${JSON.stringify(data)}: folders for exactly two classes are required, got ${found}`,
    );
  }
}
