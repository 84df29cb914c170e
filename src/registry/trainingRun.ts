import { existsSync } from 'node:fs';
import path from 'node:path';
import { readRecipeRun } from '../recipes/keptRun';
import { trainedWith } from '../recipes/trainedWith';
import { encodeNumbers, RUN_LOG } from '../runs/log/runLogLines';
import { type RecordedRun, RunLogReader } from '../runs/log/runLogReader';
import type { VersionInfo } from './versionFile';

/** What is known of the training that made a model. */
export interface TrainingRun {
  /** The folder of its pictures, and the split in the model's folder; undefined where they are not known. */
  data: string | undefined;
  split: string | undefined;
  seed: number | undefined;
  recipe: string | undefined;
  /** Its log; undefined where none is there. */
  log: RecordedRun | undefined;
}

/**
 * Finds the training that made a model: by what `smile-lab train` has noted beside it.
 *
 * @param location a model's folder, or a file, beside which nothing is noted
 * @param logs the log's folder, where it is given
 * @throws {Error} when one is given that holds no log
 */
export async function trainingOf(location: string, logs?: string): Promise<TrainingRun> {
  const folder = path.basename(location) === 'model.json' ? path.dirname(location) : location;
  const noted = await trainedWith(folder).catch(() => undefined);
  const kept = await readRecipeRun(folder).catch(() => undefined);
  const logFolder = logs ?? noted?.logs ?? kept?.logs;
  const hasLog = logFolder !== undefined && existsSync(path.join(logFolder, RUN_LOG));
  if (logs !== undefined && !hasLog) {
    throw new Error(
      `Cannot register ${JSON.stringify(location)}: the run must hold a ${RUN_LOG}, got ${JSON.stringify(logs)}`,
    );
  }
  const log = hasLog ? await new RunLogReader(logFolder).read() : undefined;
  const split = path.join(folder, 'split.json');
  return {
    data: noted?.data,
    split: existsSync(split) ? split : undefined,
    seed: noted?.seed ?? kept?.seed,
    recipe: noted?.recipe ?? kept?.recipe,
    log,
  };
}

/** What a version notes of its training; undefined where nothing is known. */
export function runInfo({ log, seed, recipe }: TrainingRun): VersionInfo['run'] {
  if (!log) return undefined;
  const { name, begin, end, epochs } = log;
  return {
    name,
    ...(recipe === undefined ? {} : { recipe }),
    ...(seed === undefined ? {} : { seed }),
    epochs: epochs.length,
    ...(begin ? { began: begin.time, device: begin.device.description.split(';')[0] } : {}),
    ...(end ? { seconds: end.seconds } : {}),
    versions: begin?.versions ?? {},
  };
}

/** The training epoch by epoch, without the files of pictures that its log names: they may tell who is in them. */
export function runFile({ log }: TrainingRun): string | undefined {
  if (!log) return undefined;
  const { name, state, begin, epochs, end } = log;
  const content = {
    smileLabRunOfVersion: 1,
    name,
    state,
    began: begin?.time,
    device: begin?.device,
    versions: begin?.versions,
    settings: begin?.settings,
    model: begin?.model,
    epochs: epochs.map(({ epoch, metrics, seconds, learningRate }) => ({
      ...{ epoch, seconds, learningRate },
      metrics,
    })),
    ended: end && { time: end.time, how: end.how, reason: end.reason, seconds: end.seconds },
  };
  return `${JSON.stringify(content, encodeNumbers, 1)}\n`;
}
