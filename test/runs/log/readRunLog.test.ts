import { appendFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

import { readRunLog } from '../../../src/runs/log/readRunLog';
import { RunLogReader } from '../../../src/runs/log/runLogReader';
import type { RunEvaluation } from '../../../src/runs/log/runLogLines';
import { isRunning, processMark } from '../../../src/files/processMark';
import { beginLine, endLine, epochLine, writeLog } from '../../support/runLogs';

let home: string;
let folder: string;
let logs = 0;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
});
beforeEach(() => {
  folder = path.join(home, `run-${++logs}`);
});
afterAll(() => rm(home, { recursive: true }));

test('a log that was cut off at any byte tells all that is whole in it', async () => {
  await writeLog(folder, [beginLine({ pid: 2 ** 22 + 1 }), epochLine(1), epochLine(2), endLine(2)]);
  const file = path.join(folder, 'run.jsonl');
  const whole = await readFile(file);
  const ends = [...whole.keys()].filter((i) => whole[i] === 0x0a);
  for (const length of [0, 1, ends[0]! - 1, ends[0]! + 1, ends[1]! + 20, ends[2]! + 1, ends[3]!]) {
    await writeFile(file, whole.subarray(0, length));
    const { begin, epochs, end, state, problems } = await readRunLog(folder);
    const lines = ends.filter((place) => place < length).length;
    expect([begin !== undefined, epochs.length, end]).toEqual([
      lines > 0,
      Math.min(Math.max(0, lines - 1), 2),
      undefined,
    ]);
    expect(state).toBe('broken off');
    const isWhole = length === 0 || whole[length - 1] === 0x0a;
    expect(problems).toEqual([
      ...(lines > 0 ? [] : ['its first line is missing']),
      ...(isWhole ? [] : ['its last line is not whole']),
    ]);
  }
});

test('lines that were tampered with are passed over and told', async () => {
  await writeLog(folder, [
    beginLine(),
    'no JSON',
    '[]',
    '{"kind":"epoch","epoch":"one"}',
    '{"kind":"unheard"}',
    JSON.stringify({ ...epochLine(1), epoch: 1e12 }),
    JSON.stringify({ ...epochLine(1), metrics: { loss: 1, constructor: 2, __proto__: 3 } }),
    endLine(1),
  ]);
  const { epochs, history, problems, state } = await readRunLog(folder);
  expect(epochs).toHaveLength(1);
  expect(history).toEqual({ loss: [1], constructor: [2] });
  expect(state).toBe('finished');
  expect(problems.map((problem) => problem.slice(0, 40))).toEqual([
    'line 2 is no JSON: it was not written to',
    'line 3 is not what Smile Lab writes (its',
    'line 4 is not what Smile Lab writes (epo',
    'line 5 is not what Smile Lab writes (kin',
    'line 6 is not what Smile Lab writes (epo',
  ]);
  expect(({} as Record<string, unknown>)[0]).toBeUndefined();
});

test('a huge line is not kept in memory, and what follows it is read', async () => {
  await writeLog(folder, [beginLine(), 'x'.repeat(17 * 2 ** 20), epochLine(1)]);
  const { epochs, problems } = await readRunLog(folder);
  expect([epochs.length, problems]).toEqual([1, ['line 2 is longer than 16777216 bytes']]);
});

test('of thousands of damaged lines the first are told', async () => {
  await writeLog(folder, [beginLine(), ...Array<string>(5000).fill('?')]);
  const { problems } = await readRunLog(folder);
  expect([problems.length, problems.at(-1)]).toEqual([20, 'more lines are damaged']);
});

test('RunLogReader reads what is new, and begins anew when the log is another one', async () => {
  const file = await writeLog(folder, [beginLine(), epochLine(1)]);
  const reader = new RunLogReader(folder);
  expect((await reader.read()).epochs).toHaveLength(1);
  const line = `${JSON.stringify(epochLine(2))}\n`;
  await appendFile(file, line.slice(0, 30));
  expect((await reader.read()).epochs).toHaveLength(1);
  await appendFile(file, line.slice(30));
  expect([(await reader.read()).epochs.length, reader.generation]).toEqual([2, 0]);
  await writeFile(file, `${JSON.stringify(beginLine())}\n`);
  expect([(await reader.read()).epochs.length, reader.generation]).toEqual([0, 1]);
});

test('missing epochs are NaN in the history, so that each stands at its place', async () => {
  await writeLog(folder, [
    beginLine(),
    epochLine(2, { loss: 5 }),
    epochLine(4, { loss: 6, acc: 1 }),
  ]);
  expect((await readRunLog(folder)).history).toEqual({
    loss: [NaN, 5, NaN, 6],
    acc: [NaN, NaN, NaN, 1],
  });
});

test('a run whose process is gone is broken off; a later process with its number is another one', async () => {
  const child = spawn('sleep', ['60']);
  await new Promise((resolve) => child.once('spawn', resolve));
  await writeLog(folder, [beginLine({ pid: child.pid!, began: null })]);
  expect((await readRunLog(folder)).state).toBe('running');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
  expect((await readRunLog(folder)).state).toBe('broken off');
  expect(isRunning(processMark())).toBe(true);
  expect(isRunning({ ...processMark(), began: 'another boot 12' })).toBe(false);
  expect(isRunning({ ...processMark(), host: 'elsewhere' })).toBeUndefined();
});

test('readRunLog() says what is missing', async () => {
  const cannot = `Cannot read the log of the run in ${JSON.stringify(folder)}: run.jsonl is required, `;
  await expect(readRunLog(folder)).rejects.toThrow(`${cannot}it does not exist`);
  await mkdir(path.join(folder, 'run.jsonl'), { recursive: true });
  await expect(readRunLog(folder)).rejects.toThrow(`${cannot}and it is no regular file`);
  await rm(path.join(folder, 'run.jsonl'), { recursive: true });
  await symlink('/etc/passwd', path.join(folder, 'run.jsonl'));
  await expect(readRunLog(folder)).rejects.toThrow(`${cannot}and it is no regular file`);
});

test('an evaluation that version 0.1.0 noted is told in the words of this one', async () => {
  const { problems, evaluations, history } = await readRunLog(path.join(__dirname, 'run-of-0.1.0'));
  expect(problems).toEqual([]);
  expect(history['acc']).toEqual([0.5]);
  const [{ classNames, cells, pictures }] = evaluations as [RunEvaluation];
  expect(classNames).toEqual(['happy', 'sad']);
  expect(cells).toEqual([
    [0, 0, 3],
    [1, 0, 2],
  ]);
  expect(pictures).toHaveLength(5);
  expect(pictures[0]).toEqual({
    path: 'data/unseen-style/sad/fluent-emoji-flat-1f61e-disappointed-face.png',
    ...{ label: 1, trueClass: 'sad', predictedClass: 'happy' },
    ...{ probability: 0.666487, loss: 1.09807, thumbnail: '30f79d2bd15330c5d0807c8c.jpg' },
  });
  expect(pictures.map(({ trueClass, predictedClass }) => [trueClass, predictedClass])).toEqual([
    ...[0, 1].map(() => ['sad', 'happy']),
    ...[0, 1, 2].map(() => ['happy', 'happy']),
  ]);
});

test('a damaged evaluation of version 0.1.0 is told, and a class without a name has its number', async () => {
  const picture = { file: 'a.png', truth: 0, answer: 2, probability: 1, loss: 0, thumbnail: null };
  const evaluation = {
    ...{ kind: 'evaluation', time: '2026-11-20T12:00:00.000Z', name: 'test', count: 1 },
    ...{ classNames: ['a', 'b'], loss: 0.5, accuracy: 0, cells: [[0, 2, 1]] },
  };
  await writeLog(folder, [
    beginLine(),
    { ...evaluation, pictures: [{ ...picture, truth: -1 }] },
    { ...evaluation, pictures: [picture] },
  ]);
  const { problems, evaluations } = await readRunLog(folder);
  expect(problems).toEqual([expect.stringMatching(/^line 2 is not what Smile Lab writes/)]);
  expect(evaluations).toHaveLength(1);
  expect(evaluations[0]!.pictures[0]).toMatchObject({ trueClass: 'a', predictedClass: 'class 2' });
});
