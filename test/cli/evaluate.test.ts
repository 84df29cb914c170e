import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { evaluatePictures } from '../../src/evaluation/evaluatePictures';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { saveKeras } from '../../src/saving/saveKeras';
import { compiled, type Ended, smileLab, smileLabInTurn } from '../support/children';
import { smallClassifier } from '../support/classifier';
import { folderWith, png, speckled } from '../support/pictures';

let home: string;
/** What the terminal must say, computed in this process. */
let expected: object;

const MODELS = [
  ['run'],
  ['run/model.json'],
  ['mine.keras'],
  ['mine.h5'],
  // Its output's classes are told in another order than that of the folders.
  ['theirs.keras', '--classes', 'sad,happy', '--scale', '1/255'],
  ['theirs.h5', '--classes', 'sad,happy', '--scale', '1/255', '--image-size', '4'],
];

const FAILURES: Array<[args: string[], message: string]> = [
  [
    ['--model', 'run', '--data', 'other'],
    'Cannot evaluate the model on "other": its folders must be the classes of the model, "sad", "happy", got "cat", "dog"',
  ],
  [
    ['--model', 'run', '--data', 'three'],
    'Cannot evaluate the model on "three": its folders must be the classes of the model, "sad", "happy", got "angry", "happy", "sad"',
  ],
  [
    ['--model', 'run', '--data', 'empty'],
    'Cannot load pictures from "empty": folders for at least two classes are required, got none',
  ],
  [
    ['--model', 'run', '--data', 'no-pictures'],
    'Cannot load class "happy": no readable picture in "no-pictures/happy"',
  ],
  [['--model', 'run', '--data', 'nowhere'], 'Cannot read folder "nowhere": it does not exist'],
  [
    ['--model', 'theirs.keras', '--data', 'data'],
    'Cannot load a model from "theirs.keras": it names no classes, so it is none that saveKeras has saved with them; for a model of others give classNames (--classes)',
  ],
  [
    ['--model', 'theirs.h5', '--data', 'data', '--classes', 'a,b,c', '--scale', '1'],
    'Cannot load a model from "theirs.h5": classNames must fit the model\'s output of 1, got ["a","b","c"]',
  ],
];

let told: Promise<Ended>[];
let failed: Promise<Ended>[];
let partly: Promise<Ended>;

beforeAll(async () => {
  await compiled();
  const files: Record<string, Buffer | string> = { 'data/happy/notes.txt': '' };
  for (let i = 0; i < 5; i++) {
    files[`data/happy/${i}.png`] = await png(60 * i, 10, 0);
    files[`data/sad/${i}.png`] = await speckled(20 + i, 30, 3)
      .png()
      .toBuffer();
  }
  for (const [name, picture] of Object.entries(files)) files[name.replace('data', 'bad')] = picture;
  files['bad/happy/9.png'] = (files['data/sad/0.png'] as Buffer).subarray(0, -40);
  for (const folder of ['other/cat', 'other/dog', 'three/happy', 'three/sad', 'three/angry']) {
    files[`${folder}/a.png`] = await png();
  }
  home = await folderWith(files);
  for (const folder of ['empty', 'no-pictures/happy', 'no-pictures/sad']) {
    await mkdir(path.join(home, folder), { recursive: true });
  }
  const classifier = smallClassifier(3, ['sad', 'happy']);
  await saveClassifier(classifier, path.join(home, 'run'));
  for (const type of ['keras', 'h5']) {
    await saveKeras(classifier, path.join(home, `mine.${type}`));
    await saveKeras(classifier.model, path.join(home, `theirs.${type}`));
  }
  const pictures = ['happy', 'sad'].flatMap((name) =>
    [0, 1, 2, 3, 4].map((i) => ({
      path: path.join(home, `data/${name}/${i}.png`),
      label: name === 'happy' ? 1 : 0,
    })),
  );
  const { answers, mistakes, ...scores } = await evaluatePictures(classifier, pictures);
  expect(answers).toHaveLength(10);
  const relative = mistakes.map((each) => ({ ...each, path: path.relative(home, each.path) }));
  expected = { ...scores, mistakes: relative };
  classifier.model.dispose();
  const commands = [
    ...MODELS.map((args) => ['--data', 'data', '--json', '--model', ...args]),
    ['--data', 'bad', '--json', '--model', 'run'],
    ...FAILURES.map(([args]) => args),
  ];
  const outcomes = smileLabInTurn(
    commands.map((args) => ['evaluate', ...args]),
    { cwd: home },
  );
  told = outcomes.slice(0, MODELS.length);
  partly = outcomes[MODELS.length]!;
  failed = outcomes.slice(MODELS.length + 1);
});

afterAll(() => rm(home, { recursive: true }));

test.each(MODELS.map((args, i) => [args.join(' '), i] as const))(
  'smile-lab evaluate --json --model %s ends with one line of JSON',
  async (_, i) => {
    const { status, stdout, stderr } = await told[i]!;
    expect(status).toBe(0);
    expect(stdout).toBe(`${JSON.stringify(expected)}\n`);
    expect(stderr).toContain('1 file skipped, the first: data/happy/notes.txt');
    expect(stderr).toContain('"data": 10 pictures: accuracy');
  },
);

test('smile-lab evaluate skips a damaged picture, says so, and measures on the others', async () => {
  const { status, stdout, stderr } = await partly;
  expect(status).toBe(0);
  expect(stdout.replaceAll('bad/', 'data/')).toBe(`${JSON.stringify(expected)}\n`);
  expect(stderr).toContain('1 file skipped, the first: bad/happy/notes.txt');
  expect(stderr).toMatch(/^Skipped bad\/.*: it /m);
  expect(stderr).toContain('npx smile-lab check "bad" --quarantine');
});

test('the expected mistakes are some, and not all', () => {
  const { mistakes } = expected as { mistakes: object[] };
  expect(mistakes.length).toBeGreaterThan(0);
  expect(mistakes.length).toBeLessThan(10);
});

test.each(FAILURES.map(([args, message], i) => [args.join(' '), message, i] as const))(
  'smile-lab evaluate %s fails with one sentence',
  async (_, message, i) => {
    expect(await failed[i]).toEqual({
      status: 1,
      signal: null,
      stdout: '',
      stderr: `${message}\n`,
    });
  },
);

test.each([
  [['--classes', 'happy'], 'It must be two different names or more, as happy,sad.'],
  [['--scale', '0'], 'It must be a number above 0, or a fraction as 1/255.'],
  [['--image-size', '0'], 'It must be a whole number from 1, or two as 150x200.'],
])('smile-lab evaluate %j is wrong usage', async (args, message) => {
  const { status, stderr } = await smileLab(['evaluate', '--model', 'm', '--data', 'd', ...args]);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
