import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writeProblem } from '../../src/files/writeProblem';
import { folderWith } from '../support/pictures';

test('writeProblem() puts the causes that people meet into words', async () => {
  const folder = await folderWith({ file: '' });
  const reasons = [
    writeFile('/dev/full', 'x'),
    mkdir(path.join(folder, 'file/sub')),
    mkdir(path.join(folder, 'file')),
    mkdtemp('/proc/x'),
  ].map((work) => work.then(() => 'done', writeProblem));
  expect(await Promise.all(reasons)).toEqual([
    'the disk is full',
    'it, or a part of its path, is a file',
    'it is a file, not a folder',
    'no folder can be made there',
  ]);
  await rm(folder, { recursive: true });
});

test('writeProblem() gives the message of others', () => {
  expect(writeProblem(new Error('EIO: i/o error'))).toBe('EIO: i/o error');
});
