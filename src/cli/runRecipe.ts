import fs from 'node:fs/promises';
import path from 'node:path';
import type { fileProgress } from '../display/text/fileProgress';
import type { Classifier } from '../models/classifier';
import type { tf } from '../tensorflow/tf';
import { hasRun, readRun } from '../training/emotionRun';
import { runFolder } from '../training/runLog/logsFolder';
import { trainEmotion } from '../training/trainEmotion';
import { trainHappyOrSad } from '../training/trainHappyOrSad';
import { makeNewFolder } from './outputFolder';
import { defaultEpochs, type RecipeName } from './recipes';
import type { TrainOptions } from './trainOptions';

/** What every recipe is handed besides its options. */
export interface Surroundings {
  callbacks: Array<tf.Callback | tf.CustomCallback>;
  print: (line: string) => void;
  progress: typeof fileProgress;
  signal: AbortSignal;
}

/** What every recipe leaves; some leave more, which the report tells too. */
export interface RecipeRun {
  classifier: Classifier;
  history: { loss: number[]; accuracy: number[]; val_accuracy?: number[] };
  pictures: { train: number; validation: number; test: number };
  reachedAccuracy?: boolean;
  /** How it does on the test part. */
  test?: { precision: number; recall: number; binaryAccuracy: number; count: number };
  seconds: { load: number; fit: number };
  msPerStep: number;
  /** The folder of the run's log. */
  logs: string;
  /** Where the run lies already; undefined where nothing is written before the end. */
  folder?: string;
}

/** Trains the recipe that the options name. */
export const runRecipe: Record<
  RecipeName,
  (options: TrainOptions, surroundings: Surroundings) => Promise<RecipeRun>
> = {
  'happy-or-sad': (options, surroundings) => {
    const { data, out, epochs = defaultEpochs['happy-or-sad'], seed, background } = options;
    // The model and the log of a run have one name.
    const logs = out === undefined ? {} : { logs: runFolder(path.basename(path.resolve(out))) };
    return trainHappyOrSad({ data, epochs, seed, background, ...logs, ...surroundings });
  },

  async emotion(options, surroundings) {
    const { resume, out, force } = options;
    if (resume !== undefined) {
      const { data, seed, background, ...noted } = await readRun(resume);
      const epochs = options.epochs ?? noted.epochs;
      const run = { data, seed, epochs, background, folder: resume, resume: true };
      return emotionRun(run, surroundings);
    }
    const { data, seed, epochs = defaultEpochs.emotion, background } = options;
    const folder = out ?? (await makeNewFolder('emotion'));
    try {
      return await emotionRun(
        { data, seed, epochs, background, folder, overwrite: force },
        surroundings,
      );
    } catch (error) {
      // Where nothing was begun the folder is empty still; one that holds something stays.
      if (out === undefined) await fs.rmdir(folder).catch(() => {});
      throw error;
    }
  },
};

async function emotionRun(
  settings: Parameters<typeof trainEmotion>[0],
  surroundings: Surroundings,
): Promise<RecipeRun> {
  const { folder } = settings;
  try {
    const { test, ...run } = await trainEmotion({ ...settings, ...surroundings });
    const { precision, recall, accuracy: binaryAccuracy, count } = test;
    return { ...run, test: { precision, recall, binaryAccuracy, count }, folder };
  } catch (error) {
    if (!surroundings.signal.aborted || !(await hasRun(folder))) throw error;
    throw new Error(`${(error as Error).message}; --resume ${folder} goes on with it`, {
      cause: error,
    });
  }
}
