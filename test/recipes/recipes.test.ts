import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { main } from '../../src/cli/main';
import { readRecipes } from '../../src/recipes/recipes';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { readRunLog } from '../../src/runs/log/readRunLog';
import { smileLab } from '../support/children';
import { folderWith, png } from '../support/pictures';

test('train offers every recipe of the folder, and takes happy-or-sad when none is named', async () => {
  const { status, stdout } = await smileLab(['train', '--help']);
  expect(status).toBe(0);
  const choices = readRecipes().map(({ name }) => `"${name}"`);
  // Help is wrapped to the width of the terminal.
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    `(choices: ${choices.join(', ')}, default: "happy-or-sad")`,
  );
});

describe('a third recipe, of three classes, in a file of its own', () => {
  const recipes = [...readRecipes(), ...readRecipes(path.join(__dirname, 'exercises'))];
  let home: string;
  let data: string;
  let written: string[];
  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
    const files: Record<string, Buffer | string> = {};
    const entries: object[] = [];
    for (let i = 0; i < 30; i++) {
      const colour = [0, 0, 0];
      colour[i % 3] = 155 + 3 * i;
      const file = `${['red', 'green', 'blue'][i % 3]}/${i}.png`;
      files[file] = await png(...colour);
      entries.push({ file, group: String(i) });
    }
    data = await folderWith({ ...files, 'manifest.json': JSON.stringify(entries) });
  });
  beforeEach(() => {
    written = [];
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    }
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => Promise.all([home, data].map((folder) => rm(folder, { recursive: true }))));
  const told = () => written.join('');

  test('is offered by --help, with its epochs and as one that --resume takes', async () => {
    expect(await main(['train', '--help'], recipes)).toBe(0);
    const help = told().replace(/\s+/g, ' ');
    expect(help).toContain('3 (colours)');
    expect(help).toContain('resume a run of the recipe emotion, emotions, transfer or colours');
  });

  test('is trained, logged, saved, measured and resumed from the command line', async () => {
    const folder = path.join(home, 'run');
    const args = ['train', '--recipe', 'colours', '--data', data, '--out', folder];
    expect(await main([...args, '--epochs', '2', '--json'], recipes)).toBe(0);
    const result = JSON.parse(written.filter((text) => text.startsWith('{')).at(-1)!) as {
      recipe: string;
      classNames: string[];
      epochsRun: number;
      pictures: object;
      test: { accuracy: number; count: number };
      logs: string;
    };
    expect(result).toMatchObject({
      recipe: 'colours',
      classNames: ['blue', 'green', 'red'],
      epochsRun: 2,
      pictures: { train: 21, validation: 6, test: 3 },
      test: { accuracy: expect.any(Number), count: 3 },
    });
    expect(told()).toContain('Accuracy on the 3 pictures to test, never seen before');
    const logs = path.resolve(result.logs);
    const recorded = await readRunLog(logs);
    expect(recorded.begin?.settings).toMatchObject({ recipe: 'colours', seed: 1 });
    expect(recorded.evaluations[0]?.classNames).toEqual(['blue', 'green', 'red']);
    written = [];
    expect(await main(['train', '--resume', folder, '--epochs', '3'], recipes)).toBe(0);
    expect(told()).toContain('Goes on after epoch 2 of 3');
    const { classNames, model } = await loadClassifier(folder);
    expect([classNames, model.outputs[0]!.shape]).toEqual([result.classNames, [null, 3]]);
    model.dispose();
    await rm(logs, { recursive: true });
  });

  test('says how many classes it takes', async () => {
    const two = await folderWith({ 'a/1.png': await png(), 'b/1.png': await png(9) });
    const args = ['train', '--recipe', 'colours', '--data', two, '--out', path.join(home, 'two')];
    expect(await main(args, recipes)).toBe(1);
    expect(told()).toContain(
      `Cannot train colours on ${JSON.stringify(two)}: folders for 3 to 4 classes are required, got 2: "a", "b"`,
    );
    await rm(two, { recursive: true });
  });

  test('cannot be resumed where it is not known', async () => {
    const folder = path.join(home, 'run');
    expect(JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8'))).toMatchObject({
      recipe: 'colours',
    });
    expect(await main(['train', '--resume', folder])).toBe(1);
    expect(told()).toContain(
      `Cannot resume the run in ${JSON.stringify(folder)}: its recipe must be one of "happy-or-sad", "emotion", "emotions", "transfer", got "colours"`,
    );
  });
});
