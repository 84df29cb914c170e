import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { loadClassifier } from '../../src/saving/loadClassifier';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { saveKeras } from '../../src/saving/saveKeras';
import { smallClassifier } from '../support/classifier';
import { compiled, type Ended, smileLabInTurn } from '../support/children';
import { folderWith, png } from '../support/pictures';

const classifier = smallClassifier(1);
let home: string;
let outcomes: Promise<Ended>[];

const COMMANDS = [
  'run x.tflite --quantize int8 --samples pictures --accept-loss',
  'theirs.keras again --quantize uint8 --samples pictures --accept-loss --classes happy,sad --scale 1/255',
  'run y.tflite --quantize dynamic',
  'run y.keras --samples pictures',
  'run y.tflite --samples nowhere',
  'run y.tflite --classes happy,sad',
  'run y.tflite --quantize int4',
  'run again/model.json --quantize uint8 --samples pictures',
] as const;
const ended = async (command: (typeof COMMANDS)[number]) => outcomes[COMMANDS.indexOf(command)]!;

beforeAll(async () => {
  await compiled();
  home = await folderWith({
    'pictures/happy/red.png': await png(255, 0, 0, 4, 4),
    'pictures/sad/blue.png': await png(0, 0, 255, 4, 4),
  });
  await saveClassifier(classifier, path.join(home, 'run'));
  await saveKeras(classifier.model, path.join(home, 'theirs.keras'));
  const commands = COMMANDS.map((command) => ['convert', ...command.split(' ')]);
  outcomes = smileLabInTurn(commands, { cwd: home });
});

afterAll(async () => {
  classifier.model.dispose();
  await rm(home, { recursive: true });
});

test('smile-lab convert writes a .tflite of 8 bits and tells what it was measured to be', async () => {
  const { status, stdout } = await ended(COMMANDS[0]);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^Measured on 2 pictures, of which the model gets \d+\.0 % right:\n {2}float32: .*\n {2}int8: .*of it\), .* apart\nWrote x\.tflite\.\n$/,
  );
  expect((await stat(path.join(home, 'x.tflite'))).size).toBeGreaterThan(1000);
});

test("smile-lab convert --quantize writes a folder in tfjs's format, of a model of others with the classes that it is given", async () => {
  const { status, stdout } = await ended(COMMANDS[1]);
  expect([status, stdout.split('\n').at(-2)]).toEqual([0, 'Wrote again/model.json.']);
  const { model, ...metadata } = await loadClassifier(path.join(home, 'again'));
  expect(metadata).toMatchObject({ classNames: ['happy', 'sad'], input: { imageSize: [4, 4] } });
  model.dispose();
});

test.each<[(typeof COMMANDS)[number], number, string]>([
  [
    COMMANDS[2],
    1,
    'Cannot export the model to "y.tflite": what dynamic loses is measured, so that',
  ],
  [COMMANDS[3], 1, 'Cannot convert "run": --samples and --accept-loss measure a .tflite'],
  [COMMANDS[4], 1, 'Cannot read folder "nowhere": it does not exist'],
  [COMMANDS[5], 1, 'Cannot load a model from "run": it has its own classNames and input'],
  [COMMANDS[6], 2, "error: option '--quantize <how>' argument 'int4' is invalid."],
  [
    COMMANDS[7],
    1,
    'Cannot export the model to "again/model.json": the folder holds a model already, and convert replaces none',
  ],
])('smile-lab convert %s writes nothing', async (command, exit, message) => {
  const { status, stdout, stderr } = await ended(command);
  expect([status, stdout]).toEqual([exit, '']);
  expect(stderr).toContain(message);
  expect((await readdir(home)).filter((name) => name.startsWith('y.'))).toEqual([]);
});
