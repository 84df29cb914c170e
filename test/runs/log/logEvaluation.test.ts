import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

import type { PicturesEvaluation } from '../../../src/evaluation/evaluatePictures';
import { confusionMatrix } from '../../../src/evaluation/confusionMatrix';
import { tf } from '../../../src/tensorflow/tf';
import { logEvaluation } from '../../../src/runs/log/logEvaluation';
import { readRunLog } from '../../../src/runs/log/readRunLog';
import { folderWith, png, speckled } from '../../support/pictures';
import { beginLine, writeLog } from '../../support/runLogs';

let home: string;
const file = (name: string) => path.join(home, name);
beforeAll(async () => {
  home = await folderWith({
    'red.png': await png(255, 0, 0),
    'same.png': await png(255, 0, 0),
    'wide.png': await speckled(400, 200, 3).png().toBuffer(),
    'no picture.png': 'text',
  });
});
afterAll(() => rm(home, { recursive: true }));

/** As `evaluatePictures` gives it. */
function evaluationOf(
  answers: Array<
    [name: string, label: number, predicted: number, probability: number, loss: number]
  >,
  classNames = ['happy', 'sad'],
): PicturesEvaluation {
  const told = answers.map(([name, label, predicted, probability, loss]) => ({
    ...{ path: file(name), label, trueClass: classNames[label]!, probability, loss },
    predictedClass: classNames[predicted]!,
    probabilities: classNames.map((_, k) =>
      k === predicted ? probability : (1 - probability) / (classNames.length - 1),
    ),
  }));
  const matrix = confusionMatrix(
    answers.map(([, label]) => label),
    answers.map(([, , predicted]) => predicted),
    classNames.length,
  );
  const scores = { precision: 0, recall: 0, f1: 0, rocAuc: 0 };
  const interval: [number, number] = [0, 1];
  const more = { topTwoAccuracy: 1, calibrationError: 0, calibration: [], classes: [] };
  return {
    ...{ ...scores, ...more, accuracyInterval: interval, classNames, answers: told, mistakes: [] },
    ...{ count: told.length, loss: 0.5, accuracy: 0.5, confusionMatrix: matrix },
  };
}

test('logEvaluation() notes each picture, the worst mistake first, and keeps small copies', async () => {
  const before = tf.memory().numTensors;
  const run = file('run');
  await writeLog(run, [beginLine()]);
  const evaluation = evaluationOf([
    ['red.png', 0, 0, 0.75, 0.25],
    ['wide.png', 1, 0, 0.625, 1],
    ['same.png', 1, 0, 0.875, 2],
    ['no picture.png', 0, 0, 0.5, 0.7],
    ['gone.png', 0, 0, 1, 0],
  ]);
  await logEvaluation(run, evaluation, { name: 'unseen' });
  const { evaluations, problems } = await readRunLog(run);
  expect(problems).toEqual([]);
  expect(evaluations).toHaveLength(1);
  expect(evaluations[0]).toMatchObject({
    ...{ name: 'unseen', classNames: ['happy', 'sad'], count: 5, loss: 0.5, accuracy: 0.5 },
    cells: [
      [0, 0, 3],
      [1, 0, 2],
    ],
  });
  const pictures = evaluations[0]!.pictures;
  expect(
    pictures.map(({ path: each, label, trueClass, predictedClass, probability, loss }) => [
      ...[path.basename(each), label, trueClass, predictedClass, probability, loss],
    ]),
  ).toEqual([
    ['same.png', 1, 'sad', 'happy', 0.875, 2],
    ['wide.png', 1, 'sad', 'happy', 0.625, 1],
    ['no picture.png', 0, 'happy', 'happy', 0.5, 0.7],
    ['red.png', 0, 'happy', 'happy', 0.75, 0.25],
    ['gone.png', 0, 'happy', 'happy', 1, 0],
  ]);
  const [same, wide, noPicture, red, gone] = pictures.map(({ thumbnail }) => thumbnail);
  expect([noPicture, gone]).toEqual([null, null]);
  // Two equal pictures are kept once.
  expect(red).toBe(same);
  expect((await readdir(path.join(run, 'thumbnails'))).sort()).toEqual([same, wide].sort());
  const stored = await sharp(await readFile(path.join(run, 'thumbnails', wide!))).metadata();
  expect([stored.width, stored.height]).toEqual([128, 64]);
  expect(tf.memory().numTensors).toBe(before);
});

test('of very many pictures the mistakes are named and copied first', async () => {
  const run = file('many');
  const right = Array.from({ length: 2500 }, () => ['red.png', 0, 0, 1, 0.1] as const);
  const answers = [...right, ['same.png', 1, 0, 1, 9] as const].map(
    ([...each]): [string, number, number, number, number] => each,
  );
  await logEvaluation(run, evaluationOf(answers));
  const { pictures, count } = (await readRunLog(run)).evaluations[0]!;
  expect([count, pictures.length]).toEqual([2501, 2000]);
  expect(path.basename(pictures[0]!.path)).toBe('same.png');
  expect(pictures.filter(({ thumbnail }) => thumbnail !== null)).toHaveLength(500);
});

test('the confusion matrix of 1,000 classes takes no more than its cells that are not 0', async () => {
  const run = file('classes');
  const classNames = Array.from({ length: 1000 }, (_, k) => `class ${k}`);
  await logEvaluation(run, evaluationOf([['red.png', 3, 999, 0.5, 1]], classNames));
  expect((await readRunLog(run)).evaluations[0]).toMatchObject({
    cells: [[3, 999, 1]],
    classNames,
  });
});

test('an evaluation that cannot be written is told, and throws nothing', async () => {
  await writeFile(file('taken'), '');
  const lines: string[] = [];
  const run = file('taken/run');
  await logEvaluation(run, evaluationOf([]), { print: (line) => lines.push(line) });
  expect(lines).toEqual([
    `Cannot write the evaluation to ${JSON.stringify(run)}: it, or a part of its path, is a file. All else goes on without it`,
  ]);
});

test('logEvaluation() notes six digits, and what is not certain not as certain', async () => {
  const run = file('sure');
  await writeLog(run, [beginLine()]);
  const loss = 0.123456789;
  const evaluation = evaluationOf([
    ['red.png', 0, 0, 0.99999996, loss],
    ['red.png', 0, 0, 1, loss],
    ['red.png', 0, 0, 0.123456789, loss],
  ]);
  await logEvaluation(run, evaluation);
  const [noted] = (await readRunLog(run)).evaluations;
  expect(noted!.pictures.map(({ probability }) => probability)).toEqual([0.999999, 1, 0.123457]);
  expect(noted!.pictures[0]!.loss).toBe(0.123457);
});
