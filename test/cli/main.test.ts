import { readFileSync } from 'node:fs';

import { compiled, type Ended, smileLab, twoAtATime } from '../support/children';

beforeAll(compiled);

test.each<[string[], string[]]>([
  [
    ['--help'],
    ['train --data data/happy-or-sad --out models/faces', 'predict --model models/faces me.jpg'],
  ],
  [['help'], ['doctor']],
  [['train', '--help'], ['train --data data/happy-or-sad']],
  [['predict', '--help'], ['predict --model models/faces me.jpg']],
  [['help', 'doctor'], ['doctor --json']],
])('smile-lab %j shows examples', async (args, examples) => {
  const { status, stdout, stderr } = await smileLab(args);
  expect([status, stderr]).toEqual([0, '']);
  const [, shown = ''] = stdout.split('\nExamples:\n');
  for (const example of examples) expect(shown).toContain(`  $ npx smile-lab ${example}\n`);
});

test.each([
  [['--help']],
  [['help', 'train']],
  [['predict', '-h']],
  [['--version']],
  [['doctor', '--help']],
])('smile-lab %j answers whatever SMILE_DEVICE is', async (args) => {
  const asked = await smileLab(args, { env: { SMILE_DEVICE: 'banana' } });
  expect(asked.status).toBe(0);
  expect(asked).toEqual(await smileLab(args));
});

test('smile-lab --version tells that of package.json', async () => {
  const { status, stdout } = await smileLab(['--version']);
  expect([status, stdout]).toEqual([
    0,
    `${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`,
  ]);
});

test('smile-lab train --help tells the defaults', async () => {
  const { stdout } = await smileLab(['train', '--help']);
  const words = stdout.replace(/\s+/g, ' ');
  expect(words).toContain(
    '(choices: "happy-or-sad", "emotion", "emotions", "transfer", default: "happy-or-sad")',
  );
  expect(words).toContain(
    'stop after so many epochs at the latest; default: 15 (happy-or-sad), 20 (emotion), 20 (emotions), 60 (transfer)',
  );
  expect(words).toContain('for the initial weights and the order of pictures (default: 1)');
  expect(words).toContain('where to save; default: a new folder in models/');
});

const invalid = (option: string, value: string, reason: string) =>
  `error: option '${option}' argument '${value}' is invalid. ${reason}`;
const epochs = (value: string) =>
  invalid('--epochs <number>', value, 'It must be a whole number from 1.');
const seed = (value: string) =>
  invalid('--seed <number>', value, 'It must be a whole number from 0.');

const WRONG: [string[], string][] = [
  [['train'], "error: required option '--data <folder>' not specified"],
  [['train', '--data'], "error: option '--data <folder>' argument missing"],
  [['train', '--data', 'x', '--epochs', '0'], epochs('0')],
  [['train', '--data', 'x', '--epochs', '-1'], epochs('-1')],
  [['train', '--data', 'x', '--epochs', 'abc'], epochs('abc')],
  [['train', '--data', 'x', '--epochs', '1.5'], epochs('1.5')],
  [['train', '--data', 'x', '--epochs', ''], epochs('')],
  [['train', '--data', 'x', '--seed', '-1'], seed('-1')],
  [['train', '--data', 'x', '--seed', 'one'], seed('one')],
  [
    ['train', '--data', 'x', '--recipe', 'cats'],
    invalid(
      '--recipe <name>',
      'cats',
      'Allowed choices are happy-or-sad, emotion, emotions, transfer.',
    ),
  ],
  [['train', '--data', 'x', '--out', ''], invalid('--out <folder>', '', 'It must name a folder.')],
  [
    ['train', 'my-faces'],
    "error: 'train' takes the folder of pictures by an option: --data <folder>",
  ],
  [
    ['evaluate', '--model', 'x', '--data', 'my-faces', 'other-faces'],
    "error: 'evaluate' takes the folder of pictures by an option: --data <folder>",
  ],
  [['train', '--data', 'x', '--gpu'], "error: unknown option '--gpu'"],
  [['predict', 'x.png'], "error: required option '--model <path>' not specified"],
  [['predict', '--model', 'x'], "error: missing required argument 'pictures'"],
  [['learn'], "error: unknown command 'learn'"],
];
let outcomes: Promise<Ended>[];
beforeAll(() => {
  outcomes = twoAtATime(WRONG, ([args]) => smileLab(args));
});

test.each(WRONG.map(([args, message], i) => [args, message, i] as const))(
  'smile-lab %j is wrong usage',
  async (_, message, i) => {
    expect(await outcomes[i]).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `${message}\n(--help shows what is possible)\n`,
    });
  },
);

test('smile-lab alone is wrong usage and shows the help', async () => {
  const { status, stdout, stderr } = await smileLab([]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: smile-lab');
});
