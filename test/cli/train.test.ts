import { copyFile, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import {
  compiled,
  type Ended,
  inTerminal,
  LAUNCHER,
  run,
  smileLab,
  smileLabInTurn,
} from '../support/children';
import { folderWith, hugePng, png, speckled } from '../support/pictures';

const FACES = path.join(__dirname, '../../data/happy-or-sad');

/** The folder in which the commands run. */
let home: string;

beforeAll(async () => {
  await compiled();
  const face = await speckled(20, 20, 3).png().toBuffer();
  const good = { 'happy/1.png': face, 'sad/1.png': face };
  const within = (folder: string, files: Record<string, Buffer | string>) =>
    Object.entries(files).map(([name, contents]) => [`${folder}/${name}`, contents]);
  home = await folderWith(
    Object.fromEntries([
      ...within('good', good),
      ...within('na me\n😀', { 'ha ppy\n😀/fa ce\n😀.png': face, 'sad 😢/1.png': face }),
      ...within('one class', { 'happy/1.png': face }),
      ...within('three', { ...good, 'angry/1.png': face }),
      ...within('no picture', { 'happy/1.png': face, 'sad/notes.txt': '' }),
      ...within('cut off', { ...good, 'sad/2.png': face.subarray(0, face.length / 2) }),
      ...within('empty file', { ...good, 'sad/2.png': '' }),
      ...within('fake', { ...good, 'sad/2.png': '<html>' }),
      ...within('huge', { ...good, 'sad/2.png': await hugePng() }),
      ...within('loop', good),
      ...within('circle', good),
      ['file', ''],
      ['taken/notes.txt', 'mine'],
      ['models is a file/models', ''],
    ]) as Record<string, Buffer | string>,
  );
  await mkdir(path.join(home, 'empty'));
  await symlink('.', path.join(home, 'loop/again'));
  await symlink('2.png', path.join(home, 'circle/sad/2.png'));
});

afterAll(() => rm(home, { recursive: true }));

const train = (args: string[], cwd = home) => smileLab(['train', ...args], { cwd });

interface Report {
  classNames: string[];
  epochsRun: number;
  reachedAccuracy: boolean;
  history: { loss: number[]; accuracy: number[] };
  seconds: Record<string, number>;
  msPerStep: number;
  model: string;
}

function reportOf({ status, stdout }: Ended): Report {
  expect(status).toBe(0);
  // Nothing but the report: all else goes to standard error.
  expect(stdout).toMatch(/^[^\n]*\n$/);
  return JSON.parse(stdout) as Report;
}

describe('smile-lab train', () => {
  test('with --json ends with one line of exactly these fields', async () => {
    const ended = await train(['--data', 'good', '--epochs', '2', '--out', 'json', '--json']);
    const report = reportOf(ended);
    expect(report).toEqual({
      recipe: 'happy-or-sad',
      device: expect.stringMatching(/^(cpu|gpu)$/),
      tensorflow: expect.stringMatching(/^2\.\d+\.\d+$/),
      classNames: ['happy', 'sad'],
      pictures: { train: 2, validation: 0, test: 0 },
      epochsRun: report.history.loss.length,
      reachedAccuracy: (report.history.accuracy.at(-1) as number) >= 0.999,
      history: { loss: expect.any(Array), accuracy: expect.any(Array) },
      seconds: {
        import: expect.any(Number),
        load: expect.any(Number),
        fit: expect.any(Number),
        total: expect.any(Number),
      },
      msPerStep: expect.any(Number),
      model: 'json/model.json',
      logs: 'logs/json',
    });
    expect(Object.keys(report)).toEqual([
      'recipe',
      'device',
      'tensorflow',
      'classNames',
      'pictures',
      'epochsRun',
      'reachedAccuracy',
      'history',
      'seconds',
      'msPerStep',
      'model',
      'logs',
    ]);
    expect(report.history.accuracy).toHaveLength(report.epochsRun);
    const { import: importing = 0, load = 0, fit = 0, total } = report.seconds;
    expect(importing + load + fit).toBeLessThanOrEqual(total as number);
    expect(ended.stderr.split('\n')).toEqual([
      expect.stringMatching(/^TensorFlow 2\.\d+\.\d+ trains on the [CG]PU/),
      '2 pictures, classes: happy, sad',
      expect.stringMatching(
        /^Trained 2 epochs in [\d.]+ s \(\d+ ms a step\)\. Model: json\/model\.json$/,
      ),
      expect.stringMatching(
        /^Accuracy in the last epoch on the 2 pictures that it was trained with: [\d.]+ % \(measured while the weights still changed; /,
      ),
      '',
    ]);
    expect((await readdir(path.join(home, 'json'))).sort()).toEqual([
      'model.json',
      'trained-with.json',
      expect.stringMatching(/^weights-[0-9a-f]{16}\.bin$/),
    ]);
  });

  test('takes a new folder for each run of a day, and seed 1, without options', async () => {
    const data = path.join(home, 'good');
    const cwd = path.join(home, 'two runs');
    await mkdir(cwd);
    const [first, second] = await Promise.all(
      [[], ['--seed', '1', '--force']].map((more) =>
        train(['--data', data, '--epochs', '1', '--json', ...more], cwd),
      ),
    );
    const [one, two] = [reportOf(first as Ended), reportOf(second as Ended)];
    for (const { model } of [one, two]) {
      expect(model).toMatch(/^models\/\d{4}-\d\d-\d\d-happy-or-sad(-2)?\/model\.json$/);
    }
    expect(await readdir(path.join(cwd, 'models'))).toHaveLength(2);
    expect(two.history).toEqual(one.history);
    expect((first as Ended).stderr).toContain('\nTrained 1 epoch in ');
  });

  test('works with names of spaces, emoji and newlines', async () => {
    const names = ['--data', 'na me\n😀', '--out', 'ou t\n😀', '--epochs', '1', '--json'];
    const report = reportOf(await train(names));
    expect([report.classNames, report.model]).toEqual([
      ['ha ppy\n😀', 'sad 😢'],
      'ou t\n😀/model.json',
    ]);
    const face = path.join('na me\n😀', 'ha ppy\n😀', 'fa ce\n😀.png');
    const predicted = await smileLab(['predict', '--model', 'ou t\n😀', face, '--json'], {
      cwd: home,
    });
    expect(JSON.parse(predicted.stdout.split('\n').at(-2) ?? '')).toEqual({
      classNames: ['ha ppy\n😀', 'sad 😢'],
      predictions: [
        {
          path: face,
          predictedClass: expect.stringMatching(/^(ha ppy\n😀|sad 😢)$/),
          probability: expect.any(Number),
          probabilities: [expect.any(Number), expect.any(Number)],
        },
      ],
    });
  });

  test('replaces a model with --force, and leaves other files of the folder', async () => {
    const out = path.join(home, 'forced');
    await mkdir(out);
    await copyFile(path.join(home, 'taken/notes.txt'), path.join(out, 'notes.txt'));
    const again = () =>
      train(['--data', 'good', '--epochs', '1', '--out', 'forced', '--force', '--json']);
    const [first, second] = [reportOf(await again()), reportOf(await again())];
    expect(second.history).toEqual(first.history);
    expect((await readdir(out)).sort()).toEqual([
      'model.json',
      'notes.txt',
      'trained-with.json',
      expect.stringMatching(/^weights-/),
    ]);
  });

  test('its model is said to be measured on pictures that it was trained with, on no others', async () => {
    await train(['--data', 'good', '--epochs', '1', '--out', 'measured']);
    const same = path.join(home, 'good');
    await symlink(same, path.join(home, 'linked'));
    await cp(same, path.join(home, 'others'), { recursive: true });
    const said = async (data: string, model = 'measured') =>
      (await smileLab(['evaluate', '--model', model, '--data', data], { cwd: home })).stdout;
    const remembered = 'this says how well it remembers them';
    expect(await said(same, 'measured/model.json')).toContain(remembered);
    expect(await said('linked')).toContain(remembered);
    expect(await said('others')).not.toContain(remembered);
    await train(['--data', 'others', '--epochs', '1', '--out', 'measured', '--force']);
    expect(await said('others')).toContain(remembered);
    expect(await said('good')).not.toContain(remembered);
  });

  test('shows its progress in a terminal, and what it prints stands on lines of its own', async () => {
    const [command = '', ...args] = inTerminal(
      [process.execPath, LAUNCHER, 'train', '--data', 'good', '--epochs', '2', '--out', 'tty'],
      100,
    );
    const { status, stdout } = await run(command, args, { cwd: home });
    expect(status).toBe(0);
    const screen = stdout.split('\r\n').map((line) => line.split('\r\x1b[2K').at(-1));
    expect(screen).toEqual([
      expect.stringMatching(/^TensorFlow/),
      '2 pictures, classes: happy, sad',
      expect.stringMatching(/^Epoch 1\/2 ━+ 1\/1 · loss .* ms\/step$/),
      expect.stringMatching(/^Epoch 2\/2 ━+ 1\/1 · loss .* ms\/step$/),
      expect.stringMatching(/^Measuring ━+ 2\/2 files$/),
      expect.stringMatching(/^Trained 2 epochs in /),
      expect.stringMatching(/^Accuracy in the last epoch on the 2 pictures /),
      '',
    ]);
  });

  test('runs from a notebook cell, whose environment it gets', async () => {
    const args = ['train', '--data', 'good', '--epochs', '1', '--out', 'from a cell'];
    const { status, stderr } = await smileLab(args, {
      cwd: home,
      env: { SMILE_LAB_KERNEL: '1' },
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('smile-lab train fails with one sentence, and saves nothing:', () => {
  const tooFew = 'folders for at least two classes are required';
  const bad = (folder: string) => `Cannot read picture "${folder}/sad/2.png": `;
  const cure = (folder: string) =>
    `. To move such files out of the folder: npx smile-lab check ${JSON.stringify(folder)} --quarantine`;
  const saving = (folder: string, reason: string) =>
    `Cannot save the model to ${JSON.stringify(folder)}: ${reason}`;

  const DATA: [string, string | RegExp][] = [
    ['nowhere', 'Cannot read folder "nowhere": it does not exist'],
    ['', 'Cannot train "happy-or-sad": data, a folder of pictures, is required as a text, got ""'],
    ['file', 'Cannot read folder "file": it is not a folder'],
    ['empty', `Cannot load pictures from "empty": ${tooFew}, got none`],
    ['one class', `Cannot load pictures from "one class": ${tooFew}, got only "happy"`],
    [
      'three',
      'Cannot train happy-or-sad on "three": folders for exactly two classes are required, got 3: "angry", "happy", "sad"',
    ],
    ['no picture', 'Cannot load class "sad": no readable picture in "no picture/sad"'],
    ['empty file', `${bad('empty file')}it is empty${cure('empty file')}`],
    [
      'fake',
      `${bad('fake')}it is no PNG, JPEG, GIF, BMP or WebP, it begins with "<html>"${cure('fake')}`,
    ],
    [
      'huge',
      `${bad('huge')}at most 134217728 pixels are decoded, it has 20000×20000${cure('huge')}`,
    ],
    ['circle', `${bad('circle')}its links lead in a circle${cure('circle')}`],
    [
      'cut off',
      /^Cannot read picture "cut off\/sad\/2\.png": it is cut off, damaged or of a rare kind \(TensorFlow: "Invalid PNG data, size \d+"\)\. To move such files out of the folder: npx smile-lab check "cut off" --quarantine$/,
    ],
    [
      'loop',
      /^Cannot load class "again": a folder of its own is required, got a link back to "\/.*\/loop"$/,
    ],
  ];
  let outcomes: Promise<Ended>[];
  beforeAll(() => {
    outcomes = smileLabInTurn(
      DATA.map(([data]) => ['train', '--data', data, '--epochs', '1', '--out', 'no']),
      { cwd: home },
    );
  });

  test.each(DATA.map(([data, message], i) => [data, message, i] as const))(
    '--data %j',
    async (_, message, i) => {
      const { status, stdout, stderr } = (await outcomes[i]) as Ended;
      expect(stderr.endsWith('\n')).toBe(true);
      if (typeof message === 'string') expect(stderr.slice(0, -1)).toBe(message);
      else expect(stderr.slice(0, -1)).toMatch(message);
      expect(status).toBe(1);
      expect(stdout).toMatch(/^TensorFlow [^\n]*\n(\d pictures, [^\n]*\n)?$/);
      await expect(readdir(path.join(home, 'no'))).rejects.toThrow('ENOENT');
    },
  );

  // Before the training: not even the device has been told.
  test.each<[string, string, string[]]>([
    [
      'taken',
      'the folder exists and is not empty; --force saves the model beside what is in it',
      [],
    ],
    [
      'good/model',
      'a folder outside of the pictures in "good" is required, where it would be taken for a class; got "good/model"',
      ['--force'],
    ],
    ['file', 'it, or a part of its path, is a file', ['--force']],
    ['file/sub', 'it, or a part of its path, is a file', []],
    ['/proc/smile-lab', 'no folder can be made there', []],
  ])('--out %j', async (out, reason, more) => {
    expect(await train(['--data', 'good', '--out', out, ...more])).toEqual({
      status: 1,
      signal: null,
      stdout: '',
      stderr: `${saving(out, reason)}\n`,
    });
    expect(await readdir(path.join(home, 'taken'))).toEqual(['notes.txt']);
  });

  test('no --out, and models is a file', async () => {
    const cwd = path.join(home, 'models is a file');
    expect(await train(['--data', '../good'], cwd)).toEqual({
      status: 1,
      signal: null,
      stdout: '',
      stderr: `${saving('models', 'it, or a part of its path, is a file')}\n`,
    });
  });

  test('standard output that cannot be written', async () => {
    const command = [process.execPath, LAUNCHER, 'train', '--data', 'good', '--out', 'no'];
    expect(await run('sh', ['-c', '"$@" > /dev/full', '-', ...command], { cwd: home })).toEqual({
      status: 1,
      signal: null,
      stdout: '',
      stderr: 'Cannot write to standard output: the disk is full\n',
    });
  });
});

describe('smile-lab train is interrupted', () => {
  test('by Ctrl-C in a terminal: the old model stays, nothing new is saved', async () => {
    const out = path.join(home, 'interrupted');
    reportOf(await train(['--data', 'good', '--epochs', '1', '--out', out, '--json']));
    const before = await readdir(out);
    const [command = '', ...args] = inTerminal(
      [process.execPath, LAUNCHER, 'train', '--data', FACES, '--out', out, '--force'],
      100,
      { key: '\x03', after: 'Epoch  1/15' },
    );
    const { status, stdout } = await run(command, args, { cwd: home });
    expect(stdout).toMatch(
      /ms\/step[^\n]*\r\nTraining was interrupted in epoch 1; nothing was saved\r\n$/,
    );
    expect(status).toBe(1);
    expect(await readdir(out)).toEqual(before);
  });

  test('by a signal as soon as it has begun', async () => {
    const out = path.join(home, 'never');
    let isInterrupted = false;
    const { status, stderr } = await smileLab(['train', '--data', FACES, '--out', out], {
      cwd: home,
      onOutput(_, kill) {
        if (!isInterrupted) kill('SIGINT');
        isInterrupted = true;
      },
    });
    expect(stderr).toMatch(
      /^(Interrupted before the training began|Training was interrupted in epoch 1); nothing was saved\n$/,
    );
    expect(status).toBe(1);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });
});

test('a damaged picture that is met late ends the command in a terminal, too', async () => {
  const folder = path.join(home, 'late');
  await mkdir(path.join(folder, 'a'), { recursive: true });
  await mkdir(path.join(folder, 'b'));
  const face = await png();
  for (let i = 0; i < 20; i++) await writeFile(path.join(folder, `a/${i}.png`), face);
  await writeFile(path.join(folder, 'b/1.png'), face.subarray(0, face.length - 20));
  // Of the first seeds, 3 draws an order in which the damaged picture is not in the first of the three batches.
  const [command = '', ...args] = inTerminal(
    [process.execPath, LAUNCHER, 'train', '--data', 'late', '--seed', '3', '--out', 'no'],
    100,
  );
  const { status, stdout } = await run(command, args, { cwd: home });
  expect(stdout).toMatch(
    /Epoch  1\/15 [^\n]*\r\nCannot read picture "late\/b\/1\.png": [^\n]*\r\n$/,
  );
  expect(status).toBe(1);
});
