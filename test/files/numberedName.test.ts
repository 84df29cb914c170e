import fs from 'node:fs';
import path from 'node:path';
import { isNew, makeNumberedFolder, numberedName } from '../../src/files/numberedName';
import { folderWith } from '../support/pictures';

let base: string;
beforeAll(async () => {
  base = await folderWith({ run: '', 'run-4/file': '' });
});
afterAll(() => fs.rmSync(base, { recursive: true }));

test('numberedName begins without a number, goes on with 2, and ends at the first that suits', () => {
  const asked: string[] = [];
  expect(numberedName('run', (name) => asked.push(name) === 3)).toBe('run-3');
  expect(asked).toEqual(['run', 'run-2', 'run-3']);
});

test('makeNumberedFolder takes no name that a file, a link or a folder has, and fills a gap', () => {
  const run = path.join(base, 'run');
  fs.symlinkSync('nowhere', `${run}-2`);
  expect(makeNumberedFolder(run)).toBe(`${run}-3`);
  expect(makeNumberedFolder(run)).toBe(`${run}-5`);
  expect(fs.statSync(`${run}-5`).isDirectory()).toBe(true);
});

test('what cannot be made for another reason than its name is an error, not asked for again', () => {
  const missing = path.join(base, 'missing', 'run');
  expect(() => makeNumberedFolder(missing)).toThrow('ENOENT');
  expect(() => isNew(() => fs.mkdirSync(missing))).toThrow('ENOENT');
});
