import { chmod, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

import { listPictures } from '../../../src/images/formats/listPictures';
import { asNobody } from '../../support/asNobody';
import { folderWith } from '../../support/pictures';

// The order and the labels are compared with Keras in imageDatasetFromDirectory.test.ts.
const temporary: string[] = [];

/** Files are not opened, so their contents do not matter. */
async function folderOf(...names: string[]): Promise<string> {
  const folder = await folderWith(Object.fromEntries(names.map((name) => [name, ''])));
  temporary.push(folder);
  return folder;
}

afterAll(() => Promise.all(temporary.map((folder) => rm(folder, { recursive: true }))));

test('listPictures() labels pictures by the sorted class folders', async () => {
  const folder = await folderOf('sad/1.png', 'happy/2.JPG', 'happy/more/1.gif');
  expect(await listPictures(folder)).toEqual({
    classNames: ['happy', 'sad'],
    pictures: [
      { path: path.join(folder, 'happy/2.JPG'), label: 0 },
      { path: path.join(folder, 'happy/more/1.gif'), label: 0 },
      { path: path.join(folder, 'sad/1.png'), label: 1 },
    ],
    skipped: [],
  });
});

test('listPictures() skips hidden and other files, and says which', async () => {
  const folder = await folderOf(
    '.ipynb_checkpoints/1.png',
    'happy/.2.png',
    'happy/.cache/1.png',
    'happy/1.png',
    'happy/png',
    'readme.txt',
    'sad/1.png',
    'sad/1.webp',
  );
  const { classNames, pictures, skipped } = await listPictures(folder);
  expect(classNames).toEqual(['happy', 'sad']);
  expect(pictures).toHaveLength(2);
  const otherName = 'no .bmp, .gif, .jpeg, .jpg or .png';
  expect(skipped.map((file) => [path.relative(folder, file.path), file.reason])).toEqual([
    ['.ipynb_checkpoints', 'hidden'],
    ['readme.txt', 'not in a class folder'],
    ['happy/.2.png', 'hidden'],
    ['happy/.cache', 'hidden'],
    ['happy/png', otherName],
    ['sad/1.webp', otherName],
  ]);
});

test('listPictures() follows links to pictures and to classes, not to folders in a class', async () => {
  const elsewhere = await folderOf('x.png');
  const folder = await folderOf('happy/1.png');
  await symlink(elsewhere, path.join(folder, 'sad'));
  await symlink('1.png', path.join(folder, 'happy/2.png'));
  await symlink('..', path.join(folder, 'happy/loop'));
  const { pictures, skipped } = await listPictures(folder);
  expect(pictures.map((picture) => path.relative(folder, picture.path))).toEqual([
    'happy/1.png',
    'happy/2.png',
    'sad/x.png',
  ]);
  expect(skipped).toEqual([
    { path: path.join(folder, 'happy/loop'), reason: 'a link to a folder, not followed' },
  ]);
});

test('listPictures() passes over links that lead in a circle beside the classes', async () => {
  const folder = await folderOf('happy/1.png', 'sad/1.png');
  await symlink('b', path.join(folder, 'a'));
  await symlink('a', path.join(folder, 'b'));
  const { classNames, skipped } = await listPictures(folder);
  expect(classNames).toEqual(['happy', 'sad']);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    'not in a class folder',
    'not in a class folder',
  ]);
});

test.each(['.', '..'])('listPictures() throws on a class that is a link to %j', async (target) => {
  const folder = await folderOf('happy/1.png', 'sad/1.png');
  await symlink(target, path.join(folder, 'loop'));
  const up = path.resolve(folder, target);
  await expect(listPictures(folder)).rejects.toThrow(
    `Cannot load class "loop": a folder of its own is required, got a link back to "${up}"`,
  );
});

test('listPictures() throws when there is no folder', async () => {
  const folder = await folderOf('file');
  await expect(listPictures('no\nwhere')).rejects.toThrow(
    /^Cannot read folder "no\\nwhere": it does not exist$/,
  );
  await expect(listPictures(path.join(folder, 'file'))).rejects.toThrow(/: it is not a folder$/);
});

test('listPictures() throws on fewer than two classes', async () => {
  const required = 'folders for at least two classes are required';
  await expect(listPictures(await folderOf())).rejects.toThrow(
    new RegExp(`^Cannot load pictures from ".*": ${required}, got none$`),
  );
  await expect(listPictures(await folderOf('happy/1.png', '2.png'))).rejects.toThrow(
    new RegExp(`${required}, got only "happy"$`),
  );
  await expect(listPictures(await folderOf('1.PNG', 'notes.txt'))).rejects.toThrow(
    new RegExp(
      `${required}, got none; it holds pictures itself: if it is one of the classes, give the folder above it$`,
    ),
  );
  await expect(listPictures(await folderOf('notes.txt'))).rejects.toThrow(
    new RegExp(`${required}, got none$`),
  );
});

test('listPictures() names the folder where the classes lie one deeper', async () => {
  const folder = await folderOf(
    'images/happy/1.png',
    'images/sad/2.png',
    '__MACOSX/images/._1.png',
  );
  await expect(listPictures(folder)).rejects.toThrow(
    `got only "images"; if "happy", "sad" in it are the classes, the folder is ${JSON.stringify(path.join(folder, 'images'))}`,
  );
  const { classNames, skipped } = await listPictures(
    await folderOf('happy/1.png', 'sad/1.png', '__MACOSX/happy/._1.png'),
  );
  expect([classNames, skipped.map(({ reason }) => reason)]).toEqual([
    ['happy', 'sad'],
    ['what macOS puts into archives beside the files'],
  ]);
});

test('listPictures() asks which part of a split is meant, and takes such names for classes where they hold none', async () => {
  const parts = ['train', 'val', 'test'].flatMap((part) => [`${part}/a/1.png`, `${part}/b/2.png`]);
  const folder = await folderOf(...parts);
  const quoted = (part: string) => JSON.stringify(path.join(folder, part));
  await expect(listPictures(folder)).rejects.toThrow(
    `Cannot load pictures from "${folder}": a folder for each class is required, got the parts of a split, "train", "val", "test", ` +
      `with the classes inside. Take one of them: npx smile-lab train --data ${quoted('train')}, then npx smile-lab evaluate --model ` +
      `MODEL --data ${quoted('val')}, npx smile-lab evaluate --model MODEL --data ${quoted('test')}; in a notebook the path ${quoted('train')}`,
  );
  const vehicles = await listPictures(
    await folderOf('train/1.png', 'train/old/2.png', 'test/a/1.png'),
  );
  expect(vehicles.classNames).toEqual(['test', 'train']);
});

test.each([
  ['training_set', 'test_set'],
  ['trainset', 'testset'],
  ['seg_train', 'seg_pred'],
  ['fer-train', 'fer-test'],
  ['TrainImages', 'TestImages'],
  ['train', 'dev'],
  ['train', 'eval'],
  ['train', 'hold-out'],
  ['Training', 'Validation'],
])('listPictures() takes %s and %s for the parts of a split', async (training, other) => {
  const folder = await folderOf(`${training}/a/1.png`, `${training}/b/2.png`, `${other}/3.png`);
  await expect(listPictures(folder)).rejects.toThrow('got the parts of a split');
});

test.each([
  ['terrain', 'contest'],
  ['train', 'plane'],
  ['medieval', 'restraint'],
  ['test', 'dev'],
])('listPictures() takes %s and %s for classes, whatever they hold', async (one, other) => {
  const folder = await folderOf(`${one}/a/1.png`, `${one}/b/2.png`, `${other}/a/3.png`);
  expect((await listPictures(folder)).classNames).toEqual([one, other].sort());
});

test('listPictures() throws when a folder may not be read', async () => {
  const folder = await folderOf('happy/1.png', 'sad/1.png');
  const closed = path.join(folder, 'sad/closed');
  await mkdir(closed, { mode: 0o000 });
  await chmod(folder, 0o755);
  await asNobody(async () => {
    await expect(listPictures(folder)).rejects.toThrow(
      `Cannot read folder "${closed}": there is no permission to read it`,
    );
  });
});
