import { execFileSync } from 'node:child_process';
import { chmod, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import {
  checkHeader,
  checkPictureFile,
  currentStamp,
  MAX_PIXELS,
  readPictureFile,
} from '../../../src/images/formats/pictureFile';
import { asNobody } from '../../support/asNobody';
import { folderWith, hugePng, png, speckled } from '../../support/pictures';

let folder: string;
const inFolder = (name: string) => path.join(folder, name);

beforeAll(async () => {
  const jpeg = await speckled(37, 29, 3).jpeg().toBuffer();
  // Two segments of application data, 120 kB, between the first marker and the rest.
  const segment = Buffer.concat([Buffer.from('ffe1ea60', 'hex'), Buffer.alloc(0xea60 - 2)]);
  folder = await folderWith({
    'whole.png': await png(),
    'much before its size.jpg': Buffer.concat([
      jpeg.subarray(0, 2),
      segment,
      segment,
      jpeg.subarray(2),
    ]),
    'huge.png': await hugePng(),
    'empty.png': '',
    'text.png': 'hello world, I am a text',
    'cut off.png': (await png()).subarray(0, 20),
  });
  await symlink('whole.png', inFolder('link.png'));
  await symlink('b.png', inFolder('a.png'));
  await symlink('a.png', inFolder('b.png'));
  await symlink('nothing.png', inFolder('dangling.png'));
  execFileSync('mkfifo', [inFolder('pipe.png')]);
});

afterAll(() => rm(folder, { recursive: true }));

test.each<[string, object]>([
  ['whole.png', { size: [2, 2], isJpeg: false, mayBeTransparent: false, isMiscoloured: false }],
  ['link.png', { size: [2, 2], isJpeg: false, mayBeTransparent: false, isMiscoloured: false }],
  [
    'much before its size.jpg',
    { size: [37, 29], isJpeg: true, mayBeTransparent: false, isMiscoloured: false },
  ],
])('checkPictureFile() accepts %j', async (name, header) => {
  const stamp = await currentStamp(inFolder(name));
  expect(await checkPictureFile(inFolder(name))).toEqual({ ...header, stamp });
});

test('currentStamp() tells when a file was written again, also with the same length', async () => {
  const file = inFolder('again.png');
  await writeFile(file, 'one');
  const first = await currentStamp(file);
  await writeFile(file, 'two');
  await utimes(file, 1000, 1000);
  const second = await currentStamp(file);
  expect(second).not.toBe(first);
  await writeFile(file, 'three');
  await utimes(file, 1000, 1000);
  expect(await currentStamp(file)).not.toBe(second);
  await rm(file);
  expect(await currentStamp(file)).toBeUndefined();
});

test.each([
  ['empty.png', 'it is empty'],
  ['text.png', 'it is no PNG, JPEG, GIF, BMP or WebP, it begins with "hello world,"'],
  ['cut off.png', 'it is cut off in its header'],
  ['huge.png', 'at most 134217728 pixels are decoded, it has 20000×20000'],
  ['a.png', 'its links lead in a circle'],
  ['dangling.png', 'it does not exist'],
  ['missing.png', 'it does not exist'],
  ['pipe.png', 'it is no regular file'],
  ['', 'it is a folder'],
])('checkPictureFile() throws on %j: %s', async (name, reason) => {
  const file = inFolder(name);
  await expect(checkPictureFile(file)).rejects.toThrow(`Cannot read picture "${file}": ${reason}`);
});

test('checkPictureFile() and readPictureFile() throw when reading is not permitted', async () => {
  await chmod(folder, 0o755);
  await chmod(inFolder('whole.png'), 0o000);
  const reason = /whole.png": there is no permission to read it$/;
  await asNobody(async () => {
    await expect(checkPictureFile(inFolder('whole.png'))).rejects.toThrow(reason);
    await expect(readPictureFile(inFolder('whole.png'))).rejects.toThrow(reason);
  });
  await chmod(inFolder('whole.png'), 0o644);
});

test('readPictureFile() reads the whole file, and throws where it cannot', async () => {
  expect(await readPictureFile(inFolder('link.png'))).toEqual(await png());
  await expect(readPictureFile(inFolder('pipe.png'))).rejects.toThrow(/it is no regular file$/);
  await expect(readPictureFile(inFolder('b.png'))).rejects.toThrow(/its links lead in a circle$/);
});

test('checkHeader() draws the line at the largest size that is decoded', async () => {
  const bytes = await png();
  bytes.writeUInt32BE(MAX_PIXELS / 8192, 16);
  bytes.writeUInt32BE(8192, 20);
  expect(() => checkHeader(bytes)).not.toThrow();
  bytes.writeUInt32BE(8193, 20);
  expect(() => checkHeader(bytes)).toThrow(/pixels are decoded, it has 16384×8193$/);
});
