import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { renderedSeries } from '../../../scripts/proofs/near-duplicates/rendered-series';
import { checkPictures } from '../../../src/collections/checking/checkPictures';
import { imageDatasetFromFiles } from '../../../src/images/datasets/imageDatasetFromFiles';
import { kFold } from '../../../src/collections/splitting/kFold';
import type { LabelledPicture } from '../../../src/images/formats/listPictures';
import type { PictureSplit } from '../../../src/collections/splitting/pictureSplit';
import { splitPictures } from '../../../src/collections/splitting/splitPictures';
import { run } from '../../support/children';
import { folderWith } from '../../support/pictures';
import { scene } from '../../support/scenes';

const EMOTIONS = path.join(__dirname, '../../../data/emotions');
const PARTS = ['train', 'validation', 'test'] as const;

let home = '';
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-split-'));
});
afterAll(() => rm(home, { recursive: true }));

let folders = 0;
/** A new folder of class folders. */
async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  const made = await folderWith(files);
  const folder = path.join(home, `faces ${++folders}`);
  await rename(made, folder);
  return folder;
}

/** So many photographs in each class, no two alike. */
async function photographs(happy: number, sad: number) {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < happy; i++) files[`happy/${i}.png`] = await scene(i).png().toBuffer();
  for (let i = 0; i < sad; i++)
    files[`sad/${i}.jpg`] = await scene(1000 + i)
      .jpeg()
      .toBuffer();
  return files;
}

const names = (pictures: readonly { path: string }[], folder: string) =>
  pictures.map((picture) => path.relative(folder, picture.path));
const namesOf = (split: PictureSplit, folder: string) =>
  Object.fromEntries(PARTS.map((part) => [part, names(split[part], folder)]));
const perClass = (pictures: readonly LabelledPicture[]) =>
  [0, 1].map((label) => pictures.filter((picture) => picture.label === label).length);
const codePoint = (file: string) => /-(1f[0-9a-f]{3}|26[0-9a-f]{2})-/.exec(file)![1]!;

describe('splitPictures()', () => {
  test('notes a split of a folder that holds a named pipe, which nobody writes to', async () => {
    const folder = await folderOf(await photographs(6, 6));
    execFileSync('mkfifo', [path.join(folder, 'sad/pipe.png')]);
    const file = path.join(home, 'pipe.json');
    for (let i = 0; i < 2; i++) {
      const { leftOut } = await splitPictures(folder, { seed: 1, file });
      expect(leftOut).toEqual([
        { path: path.join(folder, 'sad/pipe.png'), reason: 'it is no regular file' },
      ]);
    }
  });

  test('splits data/emotions 224, 64 and 32, half of each class, every face on one side', async () => {
    const split = await splitPictures(EMOTIONS, { seed: 1 });
    expect(split.classNames).toEqual(['happy', 'sad']);
    expect(split.groupedBy).toBe('manifest');
    expect(split.leftOut).toEqual([]);
    expect(PARTS.map((part) => perClass(split[part]))).toEqual([
      [112, 112],
      [32, 32],
      [16, 16],
    ]);
    const all = PARTS.flatMap((part) => names(split[part], EMOTIONS));
    expect(new Set(all).size).toBe(320);
    const sides = new Map<string, Set<string>>();
    for (const part of PARTS) {
      for (const file of names(split[part], EMOTIONS)) {
        sides.set(codePoint(file), (sides.get(codePoint(file)) ?? new Set()).add(part));
      }
    }
    expect([...sides.values()].every((parts) => parts.size === 1)).toBe(true);
    expect(sides.size).toBe(40);
    for (const part of PARTS) {
      for (const { path: file, label } of split[part]) {
        expect(path.relative(EMOTIONS, file).split(path.sep)[0]).toBe(split.classNames[label]);
      }
    }
  });

  test('is the same wherever the folder lies and whatever the language is, and another for another seed', async () => {
    const folder = await folderOf(
      Object.fromEntries(
        Object.entries(await photographs(12, 12)).map(([name, bytes], i) => [
          // Languages disagree on the order of these.
          name.replace('/', `/${['ä', 'z', 'Z', 'å', 'ı', '😀'][i % 6]}`),
          bytes,
        ]),
      ),
    );
    const first = namesOf(await splitPictures(folder, { seed: 1 }), folder);
    const copy = path.join(home, 'a copy elsewhere');
    await cp(folder, copy, { recursive: true });
    expect(namesOf(await splitPictures(copy, { seed: 1 }), copy)).toEqual(first);
    expect(namesOf(await splitPictures(folder, { seed: 2 }), folder)).not.toEqual(first);
  });

  test('keeps exact and near duplicates on one side, also those connected through others', async () => {
    const files = await photographs(20, 20);
    for (let i = 0; i < 5; i++) {
      files[`happy/copy ${i}.png`] = files[`happy/${i}.png`]!;
      files[`happy/small ${i}.jpg`] = await scene(i)
        .resize(80, 64)
        .jpeg({ quality: 50 })
        .toBuffer();
    }
    const folder = await folderOf(files);
    const report = await checkPictures(folder);
    for (let seed = 0; seed < 20; seed++) {
      const split = await splitPictures(folder, { seed, report });
      expect(split.groupedBy).toBe('duplicates');
      expect(PARTS.flatMap((part) => split[part])).toHaveLength(50);
      for (let i = 0; i < 5; i++) {
        const together = [`happy/${i}.png`, `happy/copy ${i}.png`, `happy/small ${i}.jpg`];
        const sides = PARTS.filter((part) =>
          names(split[part], folder).some((name) => together.includes(name)),
        );
        expect(sides).toHaveLength(1);
      }
    }
  });

  test("takes a person's photographs for a group where a manifest says so, over both classes", async () => {
    const files: Record<string, Uint8Array | string> = await photographs(20, 20);
    const manifest = Object.keys(files).map((file, i) => ({ file, group: `person ${i % 10}` }));
    files['manifest.json'] = JSON.stringify(manifest);
    const folder = await folderOf(files);
    const split = await splitPictures(folder, { seed: 1 });
    expect(PARTS.map((part) => perClass(split[part]))).toEqual([
      [14, 14],
      [4, 4],
      [2, 2],
    ]);
    const groupOf = new Map(manifest.map(({ file, group }) => [file, group]));
    const groups = PARTS.map(
      (part) => new Set(names(split[part], folder).map((n) => groupOf.get(n))),
    );
    expect(groups.map((group) => group.size)).toEqual([7, 2, 1]);
  });

  test('leaves a picture of two classes and invalid files out of every part, and says so', async () => {
    const files: Record<string, Uint8Array | string> = await photographs(10, 10);
    files['sad/again.png'] = files['happy/3.png']!;
    files['sad/near.jpg'] = await scene(4).jpeg({ quality: 40 }).toBuffer();
    files['happy/half.png'] = (files['happy/5.png'] as Uint8Array).subarray(0, 500);
    const folder = await folderOf(files);
    const split = await splitPictures(folder, { seed: 1 });
    expect(
      split.leftOut.map(({ path: file, reason }) => [path.relative(folder, file), reason]),
    ).toEqual([
      ['happy/3.png', 'in another class, too: it has the same bytes as "sad/again.png"'],
      [
        'happy/4.png',
        expect.stringMatching(/^in another class, too: it is nearly "sad\/near\.jpg"/),
      ],
      ['happy/half.png', 'it ends before the picture does'],
      ['sad/again.png', 'in another class, too: it has the same bytes as "happy/3.png"'],
      ['sad/near.jpg', expect.stringMatching(/^in another class, too: /)],
    ]);
    const used = PARTS.flatMap((part) => names(split[part], folder));
    expect(used).toHaveLength(18);
    const { folds, leftOut } = await kFold(folder, 3, { seed: 1 });
    expect(leftOut).toEqual(split.leftOut);
    expect(folds.flatMap((fold) => fold.validation)).toHaveLength(18);
  });

  test.each<[number, number, string]>([
    [
      20,
      1,
      'got none of "sad" for validation; the class has 1 picture in 1 group, and a group is not torn apart',
    ],
    [
      20,
      4,
      'got none of "sad" for test; the class has 4 pictures in 4 groups, and a group is not torn apart. Add pictures',
    ],
  ])('refuses %i and %i pictures', async (happy, sad, message) => {
    const folder = await folderOf(await photographs(happy, sad));
    await expect(splitPictures(folder, { seed: 1 })).rejects.toThrow(message);
  });

  test('refuses a class whose pictures all belong together, names some, and says how to go on', async () => {
    const files = await photographs(10, 1);
    for (let i = 1; i < 10; i++) files[`sad/${i}.jpg`] = files['sad/0.jpg']!;
    const folder = await folderOf(files);
    await expect(splitPictures(folder, { seed: 1 })).rejects.toThrow(
      'got none of "sad" for validation; the class has 10 pictures in 1 group, and a group is not torn apart. ' +
        'Copies of each other, or alike, are "sad/0.jpg", "sad/1.jpg", "sad/2.jpg", "sad/3.jpg" and 6 more. ' +
        'Add pictures that are not like these; or, where they are no copies, name a group of its own for each picture ' +
        'in a manifest.json, [{ "file": "sad/0.jpg", "group": "1" }, …]. ' +
        `npx smile-lab check ${JSON.stringify(folder)} --grid suspects.svg shows all that are alike`,
    );
  });

  test('refuses a class that is one picture saved anew, and splits it by a manifest as it says', async () => {
    const files: Record<string, Uint8Array | string> = await photographs(10, 0);
    for (let i = 0; i < 10; i++)
      files[`sad/${i}.jpg`] = await scene(1000)
        .jpeg({ quality: 80 + i })
        .toBuffer();
    await expect(splitPictures(await folderOf(files), { seed: 1 })).rejects.toThrow(
      /10 pictures in 1 group, .* or, where they are no copies, name a group of its own for each picture in a manifest\.json/,
    );
    files['manifest.json'] = JSON.stringify(
      Object.keys(files).map((file, i) => ({ file, group: String(i + 1) })),
    );
    const split = await splitPictures(await folderOf(files), { seed: 1 });
    expect(PARTS.map((part) => split[part].length)).toEqual([14, 4, 2]);
  });

  test('names the two of a small series of one face that look alike', async () => {
    const series = await renderedSeries(4);
    const files = Object.fromEntries(
      series.map(({ className, png }, i) => [`${className}/${i}.png`, png]),
    );
    await expect(splitPictures(await folderOf(files), { seed: 1 })).rejects.toThrow(
      'the class has 4 pictures in 3 groups, and a group is not torn apart. Copies of each other, or alike, are "happy/2.png", "happy/3.png". Add',
    );
  });

  test('names what a manifest keeps together', async () => {
    const files: Record<string, Uint8Array | string> = await photographs(6, 6);
    files['manifest.json'] = JSON.stringify(
      Object.keys(files).map((file, i) => ({ file, group: i < 6 ? 'Ana' : String(i) })),
    );
    await expect(splitPictures(await folderOf(files), { seed: 1 })).rejects.toThrow(
      /in 1 group, .* One group, by the manifest\.json or as copies, are "happy\/0\.png", .* and 2 more\. Add pictures of other groups$/,
    );
  });

  test('refuses a class that has no picture left, and a seed that is none', async () => {
    const files: Record<string, Uint8Array | string> = await photographs(10, 0);
    files['sad/broken.png'] = 'no picture';
    const folder = await folderOf(files);
    await expect(splitPictures(folder, { seed: 1 })).rejects.toThrow(
      'class "sad" requires a picture that can be read, got none',
    );
    await expect(splitPictures(folder, { seed: 1.5 })).rejects.toThrow(
      'seed must be a whole number from 0, got 1.5',
    );
    await expect(splitPictures('missing', { seed: 1 })).rejects.toThrow(
      'Cannot read folder "missing"',
    );
  });

  test('refuses a manifest that leaves pictures out', async () => {
    const files: Record<string, Uint8Array | string> = await photographs(6, 6);
    files['manifest.json'] = JSON.stringify([{ file: 'happy/0.png', group: 'Ana' }]);
    await expect(splitPictures(await folderOf(files), { seed: 1 })).rejects.toThrow(
      /manifest\.json" must name the group of each picture, got none for "happy\/1\.png" and 10 more$/,
    );
  });
});

describe('splitPictures() with a file', () => {
  let folder = '';
  let file = '';
  let split: PictureSplit;
  beforeEach(async () => {
    const files = await photographs(10, 10);
    files['sad/again.png'] = files['happy/3.png']!;
    folder = await folderOf(files);
    file = path.join(home, `new ${folders}/split.json`);
    split = await splitPictures(folder, { seed: 1, file });
  });

  test('writes it, and reads the same split from it, also after both were moved', async () => {
    expect(await readdir(path.dirname(file))).toEqual(['split.json']);
    expect(await splitPictures(folder, { seed: 1, file })).toEqual(split);
    const moved = path.join(home, `moved ${folders}`);
    await rename(folder, moved);
    const again = await splitPictures(moved, { seed: 1, file });
    expect(namesOf(again, moved)).toEqual(namesOf(split, folder));
    expect(again.leftOut).toHaveLength(2);
  });

  test('goes by the file, not by a rule that may change', async () => {
    const written = JSON.parse(await readFile(file, 'utf8'));
    const [name] = Object.keys(written.parts.train);
    written.parts.test[name!] = written.parts.train[name!];
    delete written.parts.train[name!];
    await writeFile(file, JSON.stringify(written));
    const again = await splitPictures(folder, { seed: 1, file });
    expect(names(again.test, folder)).toContain(name);
  });

  test.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      'a new picture',
      (f) => writeFile(path.join(f, 'sad/new.png'), 'x'),
      /: "sad\/new\.png" is new\. Restore/,
    ],
    [
      'a missing one',
      (f) => rm(path.join(f, 'happy/1.png')),
      /: "happy\/1\.png" is missing\. Restore/,
    ],
    [
      'a missing one that was left out',
      (f) => rm(path.join(f, 'sad/again.png')),
      /: "sad\/again\.png" is missing\. Restore/,
    ],
    [
      'another content',
      (f) => cp(path.join(f, 'happy/1.png'), path.join(f, 'happy/2.png')),
      /: "happy\/2\.png" is changed\. Restore/,
    ],
    [
      'another name',
      (f) => rename(path.join(f, 'happy/1.png'), path.join(f, 'happy/x.png')),
      /: "happy\/x\.png" is new; "happy\/1\.png" is missing\. /,
    ],
    [
      'another class',
      async (f) => {
        await mkdir(path.join(f, 'zen'));
        await cp(path.join(f, 'happy/1.png'), path.join(f, 'zen/1.png'));
      },
      /: "zen\/1\.png" is new; its classes are "happy", "sad", "zen", and were "happy", "sad"\. /,
    ],
    [
      'a manifest',
      (f) => writeFile(path.join(f, 'manifest.json'), '[{"file":"happy/1.png","group":"Ana"}]'),
      /: its manifest is another one\. /,
    ],
  ])('is refused when the folder has %s since', async (_, change, message) => {
    await change(folder);
    const result = splitPictures(folder, { seed: 1, file });
    await expect(result).rejects.toThrow(
      /^Cannot use the split ".*split\.json": ".*" has changed since: /,
    );
    await expect(result).rejects.toThrow(message);
  });

  test('is refused for another seed', async () => {
    await expect(splitPictures(folder, { seed: 2, file })).rejects.toThrow(
      'it was made with seed 1, and 2 is asked for; use that seed, or another file',
    );
  });

  test.each([
    ['not JSON', /^Cannot use the split ".*": it is no JSON: /],
    ['{"my":"own data"}', /^Cannot use the split ".*": it is no split that Smile Lab wrote$/],
    ['null', /it is no split that Smile Lab wrote$/],
  ])('leaves a file that holds %j alone', async (text, message) => {
    await writeFile(file, text);
    await expect(splitPictures(folder, { seed: 1, file })).rejects.toThrow(message);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('says when it cannot be written', async () => {
    await expect(splitPictures(folder, { seed: 1, file: '/proc/split.json' })).rejects.toThrow(
      /^Cannot write the split to "\/proc\/split\.json": /,
    );
    await expect(splitPictures(folder, { seed: 1, file: folder })).rejects.toThrow(
      'it is a folder',
    );
  });
});

test('splitPictures() gives the same parts in another language and process', async () => {
  const code = `
    const { splitPictures } = require(${JSON.stringify(path.join(__dirname, '../../..'))});
    splitPictures(${JSON.stringify(EMOTIONS)}, { seed: 7 }).then((split) => console.log(JSON.stringify(split.test)));`;
  const { compiled } = await import('../../support/children');
  await compiled();
  const env = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Tokyo' };
  const { stdout } = await run(process.execPath, ['-e', code], { env });
  const { test: here } = await splitPictures(EMOTIONS, { seed: 7 });
  expect(JSON.parse(stdout)).toEqual(here);
});

test('a part of a split becomes a dataset', async () => {
  const { validation, classNames } = await splitPictures(EMOTIONS, { seed: 1 });
  const dataset = await imageDatasetFromFiles(validation, {
    classNames,
    labelMode: 'binary',
    shuffle: false,
  });
  expect([dataset.size, dataset.filePaths.length, dataset.classNames]).toEqual([
    2,
    64,
    ['happy', 'sad'],
  ]);
  expect(dataset.filePaths).toEqual(validation.map((picture) => picture.path));
});
