import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { compiled, smileLab } from '../support/children';
import { folderWith, png } from '../support/pictures';

/** The folder in which the commands run. */
let home: string;
let data: string;

beforeAll(async () => {
  await compiled();
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const files: Record<string, Buffer | string> = {};
  const entries: object[] = [];
  for (let i = 0; i < 20; i++) {
    const file = `${i % 2 ? 'sad' : 'happy'}/${i}.png`;
    files[file] = await png((i % 2) * 128 + i, (i * 37) % 256, (i * 91) % 256);
    entries.push({ file, group: String(i) });
  }
  data = await folderWith({ ...files, 'manifest.json': JSON.stringify(entries) });
  await symlink(data, path.join(home, 'pictures'));
});

afterAll(() => Promise.all([home, data].map((folder) => rm(folder, { recursive: true }))));

const train = (args: string[], onOutput?: Parameters<typeof smileLab>[1]) =>
  smileLab(['train', ...args], { cwd: home, ...onOutput });

test('smile-lab train --recipe emotion --json tells the parts, the validation and the test', async () => {
  const args = ['--recipe', 'emotion', '--data', 'pictures', '--epochs', '2', '--json'];
  const { status, stdout, stderr } = await train(args);
  expect([status, stdout.split('\n').length]).toEqual([0, 2]);
  const report = JSON.parse(stdout) as { model: string };
  const twoEpochs = [expect.any(Number), expect.any(Number)];
  expect(report).toEqual({
    recipe: 'emotion',
    device: expect.stringMatching(/^(cpu|gpu)$/),
    tensorflow: expect.any(String),
    classNames: ['happy', 'sad'],
    pictures: { train: 14, validation: 4, test: 2 },
    epochsRun: 2,
    history: {
      loss: twoEpochs,
      accuracy: twoEpochs,
      val_loss: twoEpochs,
      val_accuracy: twoEpochs,
    },
    test: {
      precision: expect.any(Number),
      recall: expect.any(Number),
      f1: expect.any(Number),
      topTwoAccuracy: 1,
      calibrationError: expect.any(Number),
      classes: [
        expect.objectContaining({ name: 'happy', count: 1 }),
        expect.objectContaining({ name: 'sad', count: 1 }),
      ],
      binaryAccuracy: expect.any(Number),
      count: 2,
    },
    seconds: expect.any(Object),
    msPerStep: expect.any(Number),
    logs: expect.stringMatching(/^logs\/\d{4}-\d\d-\d\d-emotion$/),
    model: expect.stringMatching(/^models\/\d{4}-\d\d-\d\d-emotion\/model\.json$/),
  });
  expect(stderr).toContain('14 pictures to train, 4 to validate, 2 to test, classes: happy, sad\n');
  expect(stderr).toMatch(/\nvalidation accuracy +\d+\.\d\d % +98\.44 %\n/);
  const run = path.dirname(report.model);
  expect((await readdir(path.join(home, run))).sort()).toEqual([
    'checkpoint',
    'model.json',
    'run.json',
    'split.json',
    'trained-with.json',
    expect.stringMatching(/^weights-/),
  ]);
  expect((await readdir(path.join(home, 'logs', path.basename(run)))).sort()).toEqual([
    'progress.json',
    'run.jsonl',
    'thumbnails',
    'train',
    'validation',
  ]);
  const faces = ['happy/0.png', 'sad/1.png'].map((name) => path.join('pictures', name));
  const predicted = await smileLab(['predict', '--model', run, '--json', ...faces], { cwd: home });
  const { predictions } = JSON.parse(predicted.stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(predictions).toHaveLength(2);
});

test('smile-lab train --resume continues a run that was killed, and ends as one that was not', async () => {
  const args = ['--recipe', 'emotion', '--data', 'pictures', '--epochs', '2', '--seed', '2'];
  const through = await train([...args, '--out', 'through', '--json']);
  let isKilled = false;
  const killed = train([...args, '--out', 'killed'], {
    onOutput(written, kill) {
      if (isKilled || !written.includes('to train')) return;
      isKilled = true;
      const whenKept = setInterval(async () => {
        const names = await readdir(path.join(home, 'killed/checkpoint')).catch(() => []);
        if (!(names as string[]).includes('checkpoint.json')) return;
        clearInterval(whenKept);
        kill('SIGKILL');
      }, 5);
    },
  });
  expect((await killed).signal).toBe('SIGKILL');
  const resumed = await train(['--resume', 'killed', '--json']);
  expect(resumed.stderr).toMatch(/\nGoes on after epoch [12] of 2\n/);
  const [ours, theirs] = [resumed, through].map(
    ({ stdout }) => JSON.parse(stdout) as Record<string, unknown>,
  );
  expect(ours?.['history']).toEqual(theirs?.['history']);
  expect(ours?.['test']).toEqual(theirs?.['test']);
  expect(ours?.['model']).toBe('killed/model.json');
});

test('smile-lab train goes on where logs cannot be written, and says so', async () => {
  const cwd = path.join(home, 'no logs');
  await mkdir(cwd);
  await writeFile(path.join(cwd, 'logs'), '');
  const args = ['--recipe', 'emotion', '--data', data, '--epochs', '1', '--out', 'out'];
  const { status, stdout, stderr } = await train(args, { cwd });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(
    `\nCannot write TensorBoard's logs to ${JSON.stringify(path.join(cwd, 'logs/out'))}: it, or a part of its path, is a file. The training goes on without them\n`,
  );
});

test.each<[string[], number, string | RegExp]>([
  [[], 2, /^error: required option '--data <folder>' not specified\n/],
  [
    ['--resume', 'pictures', '--data', 'pictures'],
    2,
    /^error: option '--resume <run>' cannot be used with option '--data <folder>'\n/,
  ],
  [
    ['--resume', 'pictures'],
    1,
    'Cannot resume the run in "pictures": it holds no run.json, so no training began there that was kept\n',
  ],
  [
    ['--recipe', 'emotion', '--data', 'nowhere'],
    1,
    'Cannot read folder "nowhere": it does not exist\n',
  ],
])('smile-lab train %j fails with one sentence', async (args, code, message) => {
  const cwd = await mkdtemp(path.join(home, 'fails-'));
  await symlink(data, path.join(cwd, 'pictures'));
  const { status, stderr } = await train(args, { cwd });
  if (typeof message === 'string') expect(stderr).toBe(message);
  else expect(stderr).toMatch(message);
  expect(status).toBe(code);
  // No folder is left for a run that did not begin.
  const models = await readdir(path.join(cwd, 'models')).catch(() => []);
  expect(models).toEqual([]);
});
