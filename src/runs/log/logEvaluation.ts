import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { encodePicture } from '../../display/pictures/encodePicture';
import { readPicture } from '../../display/pictures/readPicture';
import type { PictureAnswer, PicturesEvaluation } from '../../evaluation/evaluatePictures';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { makeFolder } from '../../files/makeFolder';
import { writeProblem } from '../../files/writeProblem';
import type { RunLog } from './logRun';
import { runFolder } from './logsFolder';
import { RunLogFile } from './runLogFile';
import { type RunEvaluation, THUMBNAILS } from './runLogLines';

/** So many pictures are named, and so many of them shown: a person looks at fewer. */
const NAMED = 2000;
const SHOWN = 500;
/** A thumbnail's longer side: enough to see a face, some kB. */
const THUMBNAIL = { size: 128, qualities: [82] };
/** Decoded at the same time. */
const AT_ONCE = 4;

/**
 * Notes in a run's log how a classifier did on pictures: the confusion matrix, and for each picture its file, its class,
 * the answer and its probability. Small copies of the pictures go into the run's folder, so that the dashboard shows them
 * wherever the originals are.
 *
 * Of very many pictures 2,000 are named, and 500 of them copied: the mistakes first, the worst first.
 *
 * @param run the callback of `logRun`, or the run's name or folder
 * @param evaluation as `evaluatePictures` gives it
 * @param options.name says what was evaluated: `test` when left out
 * @param options.print receives the sentence when the log cannot be written; by default it goes to standard output
 * @throws {RangeError} when the run's name is empty
 * @example
 * const log = logRun({ run: 'first-try' });
 * await model.fitDataset(train, { epochs: 20, callbacks: [log] });
 * await logEvaluation(log, await evaluatePictures(classifier, split.test));
 */
export async function logEvaluation(
  run: RunLog | string,
  evaluation: PicturesEvaluation,
  options: { name?: string; print?: (line: string) => void } = {},
): Promise<void> {
  checkOptionNames('Cannot log the evaluation', options, { name: true, print: true });
  const { name = 'test', print = (line) => process.stdout.write(`${line}\n`) } = options;
  const folder = typeof run === 'string' ? RunLogFile.latest(runFolder(run)) : run.folder;
  try {
    const log = RunLogFile.continue(folder);
    log.add(await lineOf(log.folder, name, evaluation));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    print(
      `Cannot write the evaluation to ${JSON.stringify(folder)}: ${writeProblem(error)}. All else goes on without it`,
    );
  }
}

async function lineOf(
  folder: string,
  name: string,
  { classNames, confusionMatrix, answers, count, loss, accuracy }: PicturesEvaluation,
): Promise<RunEvaluation> {
  const isMistake = ({ trueClass, predictedClass }: PictureAnswer) => trueClass !== predictedClass;
  const chosen = [...answers]
    .sort((a, b) => Number(isMistake(b)) - Number(isMistake(a)) || b.loss - a.loss)
    .slice(0, NAMED);
  const thumbnails = await makeThumbnails(
    path.join(folder, THUMBNAILS),
    chosen.slice(0, SHOWN).map((answer) => answer.path),
  );
  return {
    kind: 'evaluation',
    time: new Date().toISOString(),
    name,
    classNames,
    count,
    loss,
    accuracy,
    cells: confusionMatrix.flatMap((row, label) =>
      row.flatMap((cell, predicted): Array<[number, number, number]> =>
        cell > 0 ? [[label, predicted, cell]] : [],
      ),
    ),
    // A probability for each of 1,000 classes would make a line of megabytes.
    pictures: chosen.map(({ path: file, label, trueClass, predictedClass, ...of }, i) => ({
      ...{ path: file, label, trueClass, predictedClass },
      probability: shortProbability(of.probability),
      loss: short(of.loss),
      thumbnail: thumbnails[i] ?? null,
    })),
  };
}

/** @returns the name of each picture's thumbnail; null where it cannot be read any more */
async function makeThumbnails(
  folder: string,
  files: readonly string[],
): Promise<Array<string | null>> {
  makeFolder(folder);
  const there = new Set(await fs.readdir(folder));
  const names: Array<string | null> = [];
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const some = files.slice(start, start + AT_ONCE).map(async (file) => {
      const picture = await readPicture(file).catch(() => undefined);
      if (!picture) return undefined;
      const { type, bytes } = await encodePicture(picture, THUMBNAIL);
      // It follows from the content, so that a picture is kept once however often it is logged.
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
      return { name: `${hash}.${type === 'jpeg' ? 'jpg' : type}`, bytes };
    });
    for (const made of await Promise.all(some)) {
      names.push(made?.name ?? null);
      if (!made || there.has(made.name)) continue;
      there.add(made.name);
      await fs.writeFile(path.join(folder, made.name), made.bytes);
    }
  }
  return names;
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}

/** What is not certain stays below 1. */
function shortProbability(value: number): number {
  return value < 1 ? Math.min(short(value), 0.999999) : short(value);
}
