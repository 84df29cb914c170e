import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { saveKeras } from '../../src/saving/saveKeras';
import { openRegistry, type ResolvedVersion } from '../../src/registry/openRegistry';
import { tf } from '../../src/tensorflow/tf';
import { predictionOf, smallClassifier } from '../support/classifier';
import { emptyRegistry } from '../support/registered';

const files = (folder: string) => fs.readdirSync(folder).sort();
const WHOLE = ['SHA256SUMS', 'card.html', 'model.json', 'version.json', /^weights-.*\.bin$/];

test('registry.add() numbers the versions of a name, each a candidate that loads as its model does', async () => {
  const { registry, models } = await emptyRegistry();
  const before = tf.memory().numTensors;
  const first = await registry.add('faces', models[0]);
  const second = await registry.add('faces', models[1]);
  expect([first, second]).toMatchObject([
    { name: 'faces', version: 1, stage: 'candidate' },
    { name: 'faces', version: 2, stage: 'candidate' },
  ]);
  expect(files(first.folder)).toEqual(
    WHOLE.map((name) => (typeof name === 'string' ? name : expect.stringMatching(name))),
  );
  expect(files(path.dirname(first.folder))).toEqual(['1', '2', 'stages']);
  expect((await registry.add('other', models[0])).version).toBe(1);
  expect(tf.memory().numTensors).toBe(before);
  const [mine, original] = [await registry.load('faces@2'), smallClassifier(2)];
  expect(predictionOf(mine)).toEqual(predictionOf(original));
  mine.model.dispose();
  original.model.dispose();
});

test('a version holds the very bytes of a model in the format of tfjs, and its sums are those of sha256sum', async () => {
  const { registry, models } = await emptyRegistry();
  const { folder, hash } = await registry.add('faces', models[0]);
  for (const name of files(models[0])) {
    const [theirs, mine] = [models[0], folder].map((each) =>
      fs.readFileSync(path.join(each, name)),
    );
    expect(mine!.equals(theirs!)).toBe(true);
  }
  const checked = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder });
  expect(String(checked).trim().split('\n')).toHaveLength(4);
  const sums = execFileSync('sha256sum', ['SHA256SUMS'], { cwd: folder });
  expect(hash).toBe(String(sums).split(' ')[0]);
  for (const name of files(folder)) {
    expect(fs.statSync(path.join(folder, name)).mode & 0o777).toBe(0o444);
  }
});

test('registry.add() takes a .keras file, and a model of others with its classes', async () => {
  const { home, registry } = await emptyRegistry();
  const classifier = smallClassifier(3);
  const [own, foreign] = [path.join(home, 'own.keras'), path.join(home, 'foreign.keras')];
  await saveKeras(classifier, own);
  await saveKeras(classifier.model, foreign);
  await registry.add('faces', own);
  await expect(registry.add('faces', foreign)).rejects.toThrow('it names no classes');
  const { version } = await registry.add('faces', foreign, {
    foreign: { classNames: ['a', 'b'], input: { rescale: { scale: 1 / 255 } } },
  });
  expect(version).toBe(2);
  expect((await registry.describe('faces@2')).classNames).toEqual(['a', 'b']);
  classifier.model.dispose();
});

test('registry.add() gives each of several models that come at the same moment a number of its own', async () => {
  const { registry, models } = await emptyRegistry();
  const added = await Promise.all([0, 1, 0, 1].map((i) => registry.add('faces', models[i]!)));
  expect(added.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  for (const { version, hash } of added) {
    expect((await registry.resolve(`faces@${version}`)).hash).toBe(hash);
    expect((await registry.describe(`faces@${version}`)).version).toBe(version);
  }
});

test('registry.add() writes nothing where the model cannot be loaded, and says what a name is', async () => {
  const { home, registry, models } = await emptyRegistry();
  await expect(registry.add('faces', path.join(home, 'nowhere'))).rejects.toThrow(
    'a folder with a model.json, or a model.json, is required, and nothing is there',
  );
  for (const name of ['../faces', 'a/b', '', '.faces', 'faces@1', 'a'.repeat(65)]) {
    await expect(registry.add(name, models[0])).rejects.toThrow(
      'Cannot register the model: a name',
    );
  }
  expect(fs.existsSync(registry.folder)).toBe(false);
});

test('the number of a version that was removed is given to no other', async () => {
  const { registry, models } = await emptyRegistry();
  await registry.add('faces', models[0]);
  const { folder } = await registry.add('faces', models[0]);
  fs.rmSync(folder, { recursive: true });
  expect((await registry.add('faces', models[1])).version).toBe(3);
  await expect(registry.resolve('faces@2')).rejects.toThrow(
    'Cannot find "faces@2": of "faces" there are the versions 1, 3',
  );
});

describe('a version that was changed', () => {
  const changes: Array<[what: string, change: (folder: string) => void, said: string]> = [
    ['one bit of a weight', flipBit, '"weights-'],
    [
      'a class name',
      (folder) => replaceIn(path.join(folder, 'model.json'), 'happy', 'angry'),
      '"model.json" was changed',
    ],
    [
      'a figure of the card',
      (folder) => replaceIn(path.join(folder, 'card.html'), 'version 1', 'version 7'),
      '"card.html" was changed',
    ],
    [
      'a file more',
      (folder) => fs.writeFileSync(path.join(folder, 'new.bin'), ''),
      '"new.bin" came into its folder',
    ],
    [
      'a file less',
      (folder) => fs.rmSync(path.join(folder, 'card.html')),
      '"card.html" is missing',
    ],
    [
      'a link in place of a file',
      (folder) => {
        const file = path.join(folder, 'card.html');
        fs.renameSync(file, path.join(folder, '..', '..', 'card.html'));
        fs.symlinkSync(path.join(folder, '..', '..', 'card.html'), file);
      },
      '"card.html" is missing',
    ],
    [
      'a file with its sum',
      (folder) => {
        const file = path.join(folder, 'card.html');
        replaceIn(file, 'version 1', 'version 7');
        const sum = String(execFileSync('sha256sum', [file])).slice(0, 64);
        replaceIn(path.join(folder, 'SHA256SUMS'), /^[0-9a-f]{64}(?= {2}card)/m, sum);
      },
      'its hash was',
    ],
    [
      'its sums cut off',
      (folder) => replaceIn(path.join(folder, 'SHA256SUMS'), /^[0-9a-f]+/, 'abc'),
      'SHA256SUMS is damaged',
    ],
  ];
  test.each(changes)('is refused: %s', async (_, change, said) => {
    const { registry, models } = await emptyRegistry();
    const { folder } = await registry.add('faces', models[0]);
    change(folder);
    const refused = [registry.resolve, registry.load, registry.promote, registry.describe];
    for (const use of refused) {
      await expect(use('faces@1')).rejects.toThrow(`it is not what was registered, ${said}`);
    }
    expect((await registry.list()).map(({ stage }) => stage)).toEqual(['candidate']);
  });
});

test('one version at most is in production; a rollback leads back, step by step', async () => {
  const { registry, models } = await emptyRegistry();
  for (let i = 0; i < 3; i++) await registry.add('faces', models[0]);
  const stages = async () => (await registry.list('faces')).map(({ stage }) => stage);
  await expect(registry.resolve('faces@production')).rejects.toThrow(
    'Cannot find "faces@production": no version is in production; npx smile-lab models promote faces@3 puts one there',
  );
  expect((await registry.resolve('faces@candidate')).version).toBe(3);
  for (const version of [1, 2, 3]) await registry.promote(`faces@${version}`);
  expect(await stages()).toEqual(['archived', 'archived', 'production']);
  await expect(registry.resolve('faces@candidate')).rejects.toThrow('there is no candidate');
  expect((await registry.rollback('faces')).version).toBe(2);
  expect(await stages()).toEqual(['archived', 'production', 'archived']);
  expect(await registry.rollback('faces')).toMatchObject({ version: 1, stage: 'production' });
  await expect(registry.rollback('faces')).rejects.toThrow(
    'Cannot roll back "faces": no other version was in production before',
  );
  await registry.promote('faces@3');
  expect(await stages()).toEqual(['archived', 'archived', 'production']);
  expect((await registry.resolve('faces@production')).version).toBe(3);
  expect((await registry.rollback('faces')).version).toBe(1);
});

test('registry.rollback() does not lead to a version that was changed meanwhile', async () => {
  const { registry, models } = await emptyRegistry();
  const { folder } = await registry.add('faces', models[0]);
  await registry.add('faces', models[1]);
  await registry.promote('faces@1');
  await registry.promote('faces@2');
  flipBit(folder);
  await expect(registry.rollback('faces')).rejects.toThrow('it is not what was registered');
  expect((await registry.resolve('faces@production')).version).toBe(2);
});

test('registry.archive() takes a candidate, and not what is in production', async () => {
  const { registry, models } = await emptyRegistry();
  for (let i = 0; i < 2; i++) await registry.add('faces', models[0]);
  await registry.promote('faces@1');
  await registry.archive('faces@2');
  await expect(registry.archive('faces@production')).rejects.toThrow('it is in production');
  expect((await registry.list()).map(({ stage }) => stage)).toEqual(['production', 'archived']);
});

test('changes of stages that come at the same moment are all made, one after the other', async () => {
  const { registry, models } = await emptyRegistry();
  for (let i = 0; i < 4; i++) await registry.add('faces', models[0]);
  await Promise.all([1, 2, 3, 4].map((version) => registry.promote(`faces@${version}`)));
  const { version } = await registry.resolve('faces@production');
  const stages = (await registry.list()).map(({ stage }) => stage);
  expect(stages[version - 1]).toBe('production');
  expect(stages.filter((stage) => stage === 'archived')).toHaveLength(3);
  // Four were registered, and four promoted.
  const changes = files(path.join(registry.folder, 'faces', 'stages'));
  expect(changes).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `00000${number}.json`));
});

test('registry.watch() hands over each version that comes into production, and passes over one that was changed', async () => {
  const { registry, models } = await emptyRegistry();
  const { folder } = await registry.add('faces', models[0]);
  await registry.add('faces', models[1]);
  const known = await registry.promote('faces@2');
  const seen: Array<number | string> = [];
  let wake = () => {};
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  const tell = (what: number | string) => {
    seen.push(what);
    wake();
  };
  const onChange = ({ version }: ResolvedVersion) => tell(version);
  const onProblem = ({ message }: Error) => tell(message.slice(-60));
  const watching = registry.watch('faces@production', onChange, { known, onProblem, every: 10 });
  try {
    let told = next();
    await registry.promote('faces@1');
    await told;
    told = next();
    await registry.rollback('faces');
    await told;
    // Past the check of promote, as if it had been changed a moment later.
    const state = path.join(registry.folder, 'faces', 'stages');
    const noted = JSON.parse(fs.readFileSync(path.join(state, '000005.json'), 'utf8')) as object;
    flipBit(folder);
    told = next();
    fs.writeFileSync(path.join(state, '000006.json'), JSON.stringify({ ...noted, production: 1 }));
    await told;
    told = next();
    await registry.add('faces', models[0]);
    await registry.promote('faces@3');
    await told;
  } finally {
    watching.close();
  }
  const refusal = 'register the model anew, as a version of its own';
  expect(seen).toEqual([1, 2, expect.stringContaining(refusal), 3]);
});

test('a reference that names no version is refused in a sentence', async () => {
  const { registry, models } = await emptyRegistry();
  await registry.add('faces', models[0]);
  const refused: Array<[reference: string, said: string]> = [
    ['faces', 'a version is required, as "faces@3", "faces@production"'],
    ['faces@0', 'a version is required'],
    ['faces@1e3', 'a version is required'],
    ['faces@../1', 'a version is required'],
    ['../faces@1', 'a name of letters'],
    ['faces@archived', 'of these there may be several'],
    ['faces@4', 'of "faces" there are the versions 1'],
    ['smiles@1', 'holds no "smiles"; it holds "faces"'],
  ];
  for (const [reference, said] of refused) {
    await expect(registry.resolve(reference)).rejects.toThrow(said);
  }
  await expect(openRegistry(path.join(registry.folder, 'none')).resolve('a@1')).rejects.toThrow(
    'holds no "a"; it is empty',
  );
});

function flipBit(folder: string): void {
  const name = files(folder).find((each) => each.endsWith('.bin'))!;
  const file = path.join(folder, name);
  const bytes = fs.readFileSync(file);
  bytes[7]! ^= 1;
  rewrite(file, bytes);
}

function replaceIn(file: string, from: string | RegExp, to: string): void {
  rewrite(file, fs.readFileSync(file, 'utf8').replace(from, to));
}

/** Somebody who changes a version has to remove its protection first. */
function rewrite(file: string, content: string | Buffer): void {
  fs.chmodSync(file, 0o644);
  fs.writeFileSync(file, content);
}
