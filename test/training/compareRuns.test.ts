import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { compareRuns, type ComparedTraining } from '../../src/training/compareRuns';
import { describeComparison } from '../../src/training/describeComparison';
import { stopTrainings } from '../../src/training/fit/stopTrainings';
import { tf } from '../../src/tensorflow/tf';
import { folderWith } from '../support/pictures';
import { buildTiny, tinyData } from '../support/tinyTraining';

/** Scores by settings and seed. */
const scores: Record<string, number[]> = {
  a: [0.5, 0.7, 0.6],
  b: [0.8, 0.9, 0.85],
  c: [0.75, 0.95, 0.7],
};
const score = async (name: string, { seed }: ComparedTraining) => scores[name]![seed - 1]!;

test('compareRuns() tells mean and spread over the seeds, and names the best where no spread overlaps', async () => {
  const { settings, best } = await compareRuns(
    { a: 'a', b: 'b' },
    { seeds: [1, 2, 3], train: score },
  );
  // (0.5 + 0.7 + 0.6) / 3 = 0.6, √((0.01 + 0.01 + 0) / 2) = 0.1; 0.85 and √((0.0025 + 0.0025) / 2) = 0.05
  expect(settings.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(settings[0]!.mean).toBeCloseTo(0.6, 10);
  expect(settings[0]!.spread).toBeCloseTo(0.1, 10);
  expect(settings[1]!.mean).toBeCloseTo(0.85, 10);
  expect(settings[1]!.spread).toBeCloseTo(0.05, 10);
  expect(settings[0]!.runs.map((run) => [run.seed, run.score])).toEqual([
    [1, 0.5],
    [2, 0.7],
    [3, 0.6],
  ]);
  expect(best).toBe('b');
});

test('it names no winner where the spreads overlap', async () => {
  const comparison = await compareRuns({ b: 'b', c: 'c' }, { seeds: [1, 2, 3], train: score });
  expect(comparison.best).toBeUndefined();
  expect(describeComparison(comparison)).toMatch(
    /^b {2}85\.0 ± 5\.0 % {2}\(80\.0 90\.0 85\.0\) {2}0\.0 s\nc {2}80\.0 ± 13\.2 % {2}\(75\.0 95\.0 70\.0\) {2}0\.0 s\nNo winner: /,
  );
});

test('with a file the same call goes on behind what is finished, and other settings are refused', async () => {
  const file = path.join(await folderWith({}), 'logs', 'compared.json');
  const trained: string[] = [];
  const train = async (name: string, training: ComparedTraining) => {
    if (trained.length === 4) throw new Error('the light went out');
    trained.push(`${name}${training.seed}`);
    return score(name, training);
  };
  const options = { seeds: [1, 2, 3], train, file };
  await expect(compareRuns({ a: 'a', b: 'b' }, options)).rejects.toThrow('the light went out');
  expect(trained).toEqual(['a1', 'a2', 'a3', 'b1']);
  trained.length = 0;
  const { best } = await compareRuns({ a: 'a', b: 'b' }, options);
  expect(trained).toEqual(['b2', 'b3']);
  expect(best).toBe('b');

  trained.length = 0;
  await compareRuns({ a: 'a', b: 'b', c: 'c' }, { ...options, seeds: [1, 2] });
  expect(trained).toEqual(['c1', 'c2']);
  const before = await readFile(file, 'utf8');
  await expect(compareRuns({ a: 'b', b: 'b' }, options)).rejects.toThrow(
    '"a" must be "a" as before, got "b"; another file begins a new one',
  );
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('a file of something else stays as it is', async () => {
  const file = path.join(await folderWith({}), 'diary.json');
  await writeFile(file, '{"dear":"diary"}');
  await expect(
    compareRuns({ a: 'a', b: 'b' }, { seeds: [1, 2], train: score, file }),
  ).rejects.toThrow(
    /^Cannot go on with the comparison in ".*diary.json": the file is damaged, or none of a comparison$/,
  );
  expect(await readFile(file, 'utf8')).toBe('{"dear":"diary"}');
});

test('a training that was stopped by hand ends the comparison, and does not count', async () => {
  const file = path.join(await folderWith({}), 'stopped.json');
  const train = async (_: string, { seed, progress }: ComparedTraining) => {
    const model = buildTiny();
    const stop = new tf.CustomCallback({
      onEpochEnd: async () => void (seed === 2 && stopTrainings()),
    });
    await model.fitDataset(tinyData(), { epochs: 3, verbose: 0, callbacks: [progress, stop] });
    return 1;
  };
  await expect(compareRuns({ a: 'a', b: 'b' }, { seeds: [1, 2], train, file })).rejects.toThrow(
    'Cannot compare: each training must run to its end, and a, seed 2 was stopped',
  );
  const { settings } = JSON.parse(await readFile(file, 'utf8'));
  expect(settings.a.runs).toHaveLength(1);
});

test.each([
  [
    'one of the settings',
    { a: 1 },
    { seeds: [1, 2] },
    'at least two settings by name are required, got { a: 1 }',
  ],
  [
    'one seed',
    { a: 1, b: 2 },
    { seeds: [1] },
    'seeds must be at least two different numbers, since one training tells no spread, got [ 1 ]',
  ],
  [
    'a seed twice',
    { a: 1, b: 2 },
    { seeds: [1, 1] },
    'seeds must be at least two different numbers',
  ],
  [
    'no score',
    { a: 1, b: 2 },
    { seeds: [1, 2] },
    'train must return a number, got undefined of a, seed 1',
  ],
])('%s is refused', async (_, settings, options, message) => {
  const train = async () => undefined as never;
  await expect(
    compareRuns(settings as object as Record<string, number>, { ...options, train }),
  ).rejects.toThrow(`Cannot compare: ${message}`);
});

test('without a function that trains, or with a folder for the file, nothing is trained', async () => {
  await expect(compareRuns({ a: 1, b: 2 }, { seeds: [1, 2] } as never)).rejects.toThrow(
    'Cannot compare: train must be a function, got undefined',
  );
  const train = () => Promise.reject(new Error('it was trained'));
  await expect(compareRuns({ a: 1, b: 2 }, { seeds: [1, 2], train, file: 'src' })).rejects.toThrow(
    'Cannot compare: file must be the path of a file, got the folder "src"',
  );
});
