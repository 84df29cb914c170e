import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { groupOf, readManifest } from '../../src/collections/pictureManifest';
import { folderWith } from '../support/pictures';

const data = path.join(__dirname, '../../data');
let folder = '';
beforeEach(async () => {
  folder = await folderWith({ 'faces/happy/1.png': '' });
});
afterEach(() => rm(folder, { recursive: true }));

test('readManifest() finds the groups of a folder in it, by code point', async () => {
  const manifest = await readManifest(path.join(data, 'emotions'));
  expect(manifest?.entries.size).toBe(320);
  const entry = manifest?.entries.get('happy/noto-1f600-grinning-face.jpg');
  expect([groupOf(entry), entry?.['style']]).toEqual(['U+1F600', 'noto']);
});

test('readManifest() finds the groups of a folder beside it, those of this folder alone', async () => {
  const manifest = await readManifest(path.join(data, 'happy-or-sad/'));
  expect(manifest?.path).toBe(path.join(data, 'manifest.json'));
  expect(manifest?.entries.size).toBe(80);
  expect(groupOf(manifest?.entries.get('sad/twemoji-2639-frowning-face.png'))).toBe('U+2639');
});

test.each([
  ['nothing', undefined],
  ["a web page's", '{"name":"page","icons":[]}'],
  ['a list of other things', '[1, null, {"file":7}, {"file":"happy/1.png"}]'],
])('readManifest() passes over %s', async (_, text) => {
  if (text !== undefined) await writeFile(path.join(folder, 'faces/manifest.json'), text);
  expect(await readManifest(path.join(folder, 'faces'))).toBeUndefined();
});

test("readManifest() says what is wrong with the folder's own, and takes no offence at one beside it", async () => {
  await writeFile(path.join(folder, 'manifest.json'), '[{');
  expect(await readManifest(path.join(folder, 'faces'))).toBeUndefined();
  await writeFile(path.join(folder, 'faces/manifest.json'), '[{');
  await expect(readManifest(path.join(folder, 'faces'))).rejects.toThrow(
    /^Cannot read ".*manifest\.json": JSON is required, got /,
  );
});
