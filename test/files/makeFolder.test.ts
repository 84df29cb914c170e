import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';

import { makeFolder } from '../../src/files/makeFolder';
import { folderWith } from '../support/pictures';

let base: string;
beforeAll(async () => {
  base = await folderWith({ file: '' });
  await mkdir(path.join(base, 'there'));
  await symlink('there', path.join(base, 'link'));
  await symlink('nowhere', path.join(base, 'dangling'));
});
afterAll(() => rm(base, { recursive: true }));

test('makeFolder() makes what is missing, and leaves alone what is there', async () => {
  for (let time = 0; time < 2; time++) {
    makeFolder(path.join(base, 'there/new/and deep 😀/'));
    makeFolder(path.join(base, 'link/other'));
    makeFolder(path.join(base, 'link'));
    makeFolder(path.relative('', path.join(base, 'there/../there/relative')));
  }
  expect((await readdir(path.join(base, 'there'), { recursive: true })).sort()).toEqual([
    'new',
    'new/and deep 😀',
    'other',
    'relative',
  ]);
});

test.each([
  ['file', 'EEXIST'],
  ['file/below', 'ENOTDIR'],
  ['file/far/below', 'ENOTDIR'],
  ['dangling', 'EEXIST'],
  ['/proc/smile-lab', 'ENOENT'],
  ['/proc/smile-lab/below', 'ENOENT'],
])('makeFolder(%j) throws %s', (folder, code) => {
  expect(() => makeFolder(path.resolve(base, folder))).toThrow(expect.objectContaining({ code }));
});
