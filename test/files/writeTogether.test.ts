import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { unfinishedBy, writeTogether } from '../../src/files/writeTogether';
import { folderWith } from '../support/pictures';

test('writeTogether() writes all files, also over others, and leaves nothing else', async () => {
  const folder = await folderWith({ a: 'old' });
  await writeTogether(folder, [
    ['a', 'one'],
    ['b', Buffer.from('two')],
  ]);
  expect((await readdir(folder)).sort()).toEqual(['a', 'b']);
  expect(await readFile(path.join(folder, 'a'), 'utf8')).toBe('one');
  expect(await readFile(path.join(folder, 'b'), 'utf8')).toBe('two');
  await rm(folder, { recursive: true });
});

test('writeTogether() removes what it could not finish', async () => {
  const folder = await folderWith({});
  await mkdir(path.join(folder, 'b'));
  await expect(
    writeTogether(folder, [
      ['b', 'two'],
      ['a', 'one'],
    ]),
  ).rejects.toThrow('EISDIR');
  expect(await readdir(folder)).toEqual(['b']);
  await rm(folder, { recursive: true });
});

test('unfinishedBy() tells unfinished files from others, and whether their process still runs', () => {
  expect(unfinishedBy(`.a.keras.${process.pid}-1`, /^a\.keras$/)).toBe('running');
  expect(unfinishedBy('.a.keras.4194305-1', /^a\.keras$/)).toBe('gone'); // above Linux' largest
  for (const name of ['a.keras', '.b.keras.1-1', '.a.keras', '.a.keras.1']) {
    expect(unfinishedBy(name, /^a\.keras$/)).toBeUndefined();
  }
});
