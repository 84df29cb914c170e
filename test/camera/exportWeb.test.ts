import fs from 'node:fs';
import path from 'node:path';
import { exportWeb } from '../../src/camera/exportWeb';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { predictionOf, smallClassifier } from '../support/classifier';
import { folderWith } from '../support/pictures';

const plain = { backbone: null, force: false };
let home: string;
const at = (...parts: string[]) => path.join(home, ...parts);

beforeAll(async () => {
  home = await folderWith({ 'mine/notes.txt': 'mine' });
});

afterAll(() => fs.rmSync(home, { recursive: true }));

test('exportWeb() writes a page that holds all it asks for, and names no other host', async () => {
  const classifier = smallClassifier(1, ['a', 'b', 'c'], 'softmax');
  const { bytes, modelBytes } = await exportWeb(classifier, at('page'), plain);
  const names = fs.readdirSync(at('page'));
  const text = (name: string) => fs.readFileSync(at('page', name), 'utf8');
  const sizes = names.map((name) => fs.statSync(at('page', name)).size);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(bytes + modelBytes);
  for (const file of ['index.html', 'manifest.webmanifest']) {
    const asked = Array.from(text(file).matchAll(/(?:href|"src"|src)[=:] ?"(?:\.\/)?([^"]+)"/g));
    expect(asked.length).toBeGreaterThan(2);
    for (const [, name] of asked) expect(names).toContain(name);
    expect(text(file)).not.toMatch(/https?:\/\//);
  }
  const worker = text('service-worker.js');
  for (const name of names) if (name !== 'service-worker.js') expect(worker).toContain(`"${name}"`);
  const loaded = await loadClassifier(at('page'));
  expect(loaded.classNames).toEqual(['a', 'b', 'c']);
  expect(predictionOf(loaded)).toEqual(predictionOf(classifier));
  expect(JSON.parse(text('camera.json'))).toMatchObject({
    classNames: ['a', 'b', 'c'],
    input: { rescale: { scale: 1 / 255 }, resizing: { imageSize: [4, 4], colorMode: 'rgb' } },
    meaning: 'probabilities',
    backbone: null,
    server: null,
  });
  loaded.model.dispose();
  classifier.model.dispose();
});

test('exportWeb() replaces a page with force alone, its old weights with it, and nothing else', async () => {
  const [first, second] = [smallClassifier(1), smallClassifier(2)];
  await exportWeb(first, at('again'), plain);
  const weights = () => fs.readdirSync(at('again')).filter((name) => name.startsWith('weights-'));
  const before = weights();
  fs.writeFileSync(at('again', 'mine.html'), 'mine');
  await expect(exportWeb(second, at('again'), plain)).rejects.toThrow(
    /^Cannot write the page to ".*again": it holds a page already; --force replaces that$/,
  );
  expect(weights()).toEqual(before);
  await exportWeb(second, at('again'), { ...plain, force: true });
  expect(weights()).toHaveLength(1);
  expect(weights()).not.toEqual(before);
  expect(fs.readFileSync(at('again', 'mine.html'), 'utf8')).toBe('mine');
  for (const { model } of [first, second]) model.dispose();
});

test('exportWeb() writes to no folder that holds something else, also with force', async () => {
  const classifier = smallClassifier(1);
  await expect(exportWeb(classifier, at('mine'), { ...plain, force: true })).rejects.toThrow(
    /^Cannot write the page to ".*mine": a new or empty folder is required, and other files are in it$/,
  );
  await expect(exportWeb(classifier, at('mine/notes.txt'), plain)).rejects.toThrow(
    /^Cannot write the page to ".*notes\.txt": it, or a part of its path, is a file$/,
  );
  await expect(exportWeb(classifier, at('new'), { ...plain, backbone: 'resnet' })).rejects.toThrow(
    'Cannot load the backbone "resnet"',
  );
  expect(fs.readdirSync(home)).not.toContain('new');
  expect(fs.readdirSync(at('mine'))).toEqual(['notes.txt']);
  classifier.model.dispose();
});
