import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { progressLine } from '../display/text/progressLine';
import { checkOptionNames } from '../errors/checkOptionNames';
import { checkPath } from '../errors/checkPath';
import { checkSeed } from '../errors/checkSeed';
import { show } from '../errors/show';
import { isFolder } from '../files/isFolder';
import { ifThere } from '../files/ifThere';
import { makeFolder } from '../files/makeFolder';
import { parseVersioned } from '../files/parseVersioned';
import { writeTogether } from '../files/writeTogether';
import type { tf } from '../tensorflow/tf';
import { meanOf, spreadOf } from './meanAndSpread';
import { endReason, STOPPED_BY_HAND } from './fit/endReason';
import { lineProgress } from './progress/lineProgress';
import { ProgressCallback } from './progress/progressCallback';

/** What a training needs for one line of the table and one seed. */
export interface ComparedTraining {
  seed: number;
  /** Shows the epoch in the line that shows the run; for `fit` and `fitDataset`, with `verbose: 0`. */
  progress: tf.Callback;
}

const runSchema = z.strictObject({ seed: z.number(), score: z.number(), seconds: z.number() });

/** What one training has reached, and how long it took. */
export type ComparedRun = z.infer<typeof runSchema>;

/** A line of the table: what one choice of settings reached with each seed. */
export interface ComparedSettings {
  name: string;
  /** One for each seed, in their order. */
  runs: ComparedRun[];
  mean: number;
  /** The standard deviation between the seeds, of a sample (divided by seeds − 1). */
  spread: number;
  /** Of a training, in the mean. */
  seconds: number;
}

/** Settings that were compared over the same seeds. */
export interface Comparison {
  settings: ComparedSettings[];
  /** The settings with the highest mean, where its spread overlaps with no other's; undefined where it does. */
  best: string | undefined;
}

const fileSchema = z.strictObject({
  comparison: z.literal(1),
  settings: z.record(z.object({ given: z.unknown(), runs: z.array(runSchema) })),
});

type Kept = z.infer<typeof fileSchema>['settings'];

/**
 * Trains each of several settings with each of several seeds, and tells mean and spread: one training of each cannot tell
 * what is better, since another seed moves the result, too.
 *
 * One line, rewritten in place, says what is done. With `file`, what is finished is kept there after each training: the
 * same call goes on behind it, whatever ended it.
 *
 * @param settings by the names of the lines; JSON values, where they are kept in a file
 * @param options.seeds at least two whole numbers, each once
 * @param options.train trains a fresh model with the settings and measures it: the higher the number, the better
 * @param options.file keeps what is finished, such as `'logs/dropout.json'`; not written when left out
 * @throws {RangeError} when there are fewer than two settings or seeds, or a score is no number; what `train` throws; Error
 *   when a training was stopped by hand, or the file holds other settings or is none of a comparison
 *
 * @example
 * const comparison = await compareRuns(
 *   { plain: { dropout: 0 }, dropout: { dropout: 0.5 } },
 *   {
 *     seeds: [1, 2, 3],
 *     train: async ({ dropout }, { seed, progress }) => {
 *       const model = buildEmotion({ dropout, seed });
 *       const validationData = validation;
 *       const { history } = await model.fitDataset(train, { epochs: 5, verbose: 0, validationData, callbacks: [progress] });
 *       model.dispose();
 *       return history['val_acc']!.at(-1) as number;
 *     },
 *   },
 * );
 * console.log(describeComparison(comparison));
 */
export async function compareRuns<Settings>(
  settings: Readonly<Record<string, Settings>>,
  options: {
    seeds: readonly number[];
    train: (settings: Settings, training: ComparedTraining) => Promise<number>;
    file?: string;
  },
): Promise<Comparison> {
  checkOptionNames('Cannot compare', options, { seeds: true, train: true, file: true });
  const { seeds, train, file } = options;
  checkTable(settings, seeds);
  if (typeof train !== 'function') {
    throw new TypeError(`Cannot compare: train must be a function, got ${show(train)}`);
  }
  const kept = file === undefined ? {} : await readKept(file, settings);
  const line = await progressLine();
  try {
    for (const [name, given] of Object.entries(settings)) {
      const runs = (kept[name] ??= { given, runs: [] }).runs;
      for (const seed of seeds) {
        if (runs.some((run) => run.seed === seed)) continue;
        const title = `${name}, seed ${seed}`;
        line.show(title);
        const view = { ...lineProgress(line, title), trainingEnd: () => {} }; // the line is that of all runs
        const progress = new ProgressCallback(async () => view);
        const start = performance.now();
        const score = await train(given, { seed, progress });
        checkRun(title, score, progress);
        runs.push({ seed, score, seconds: (performance.now() - start) / 1000 });
        if (file !== undefined) await writeKept(file, kept);
      }
    }
    line.end(`${Object.keys(settings).length} settings trained with ${seeds.length} seeds`);
  } catch (error) {
    line.end();
    throw error;
  }
  return comparisonOf(Object.keys(settings), seeds, kept);
}

function checkTable(settings: object, seeds: readonly number[]): void {
  const cannot = 'Cannot compare';
  if (typeof settings !== 'object' || settings === null || Object.keys(settings).length < 2) {
    throw new RangeError(
      `${cannot}: at least two settings by name are required, got ${show(settings)}`,
    );
  }
  if (!Array.isArray(seeds) || new Set(seeds).size < 2 || new Set(seeds).size < seeds.length) {
    throw new RangeError(
      `${cannot}: seeds must be at least two different numbers, since one training tells no spread, got ${show(seeds)}`,
    );
  }
  for (const seed of seeds) checkSeed(cannot, seed);
}

/** A number of a training that was not finished would tell of another one. */
function checkRun(title: string, score: number, { model }: tf.Callback): void {
  if (model && endReason(model as tf.LayersModel)?.words === STOPPED_BY_HAND) {
    throw new Error(`Cannot compare: each training must run to its end, and ${title} was stopped`);
  }
  if (typeof score === 'number' && Number.isFinite(score)) return;
  throw new RangeError(
    `Cannot compare: train must return a number, got ${show(score)} of ${title}`,
  );
}

async function readKept(file: string, settings: object): Promise<Kept> {
  checkPath('Cannot compare', 'file', file);
  if (await isFolder(file)) {
    throw new Error(
      `Cannot compare: file must be the path of a file, got the folder ${show(file)}`,
    );
  }
  const text = await ifThere(readFile(file, 'utf8'));
  if (text === undefined) return {};
  const cannot = `Cannot go on with the comparison in ${show(file)}`;
  const kept = parseVersioned(cannot, text, 'comparison', fileSchema)?.settings;
  if (!kept) throw new Error(`${cannot}: the file is damaged, or none of a comparison`);
  for (const [name, given] of Object.entries(settings)) {
    const [was, is] = [kept[name]?.given, given].map((value) => JSON.stringify(value));
    if (kept[name] === undefined || was === is) continue;
    throw new Error(
      `${cannot}: ${show(name)} must be ${was} as before, got ${is}; another file begins a new one`,
    );
  }
  return kept;
}

async function writeKept(file: string, settings: Kept): Promise<void> {
  const folder = path.dirname(file);
  makeFolder(folder);
  const content = `${JSON.stringify({ comparison: 1, settings }, undefined, 2)}\n`;
  await writeTogether(folder, [[path.basename(file), content]]);
}

function comparisonOf(names: string[], seeds: readonly number[], kept: Kept): Comparison {
  const settings = names.map((name) => {
    const runs = seeds.map((seed) => kept[name]!.runs.find((run) => run.seed === seed)!);
    const scores = runs.map(({ score }) => score);
    const seconds = meanOf(runs.map((run) => run.seconds));
    return { name, runs, mean: meanOf(scores), spread: spreadOf(scores), seconds };
  });
  const [first, ...others] = [...settings].sort((a, b) => b.mean - a.mean);
  const isBest = others.every(({ mean, spread }) => first!.mean - first!.spread > mean + spread);
  return { settings, best: isBest ? first!.name : undefined };
}
