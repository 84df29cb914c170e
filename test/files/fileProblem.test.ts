import { readdir, readFile } from 'node:fs/promises';

import { fileProblem } from '../../src/files/fileProblem';

test('fileProblem() explains what the file system refused', async () => {
  expect(await readFile('nowhere').catch(fileProblem)).toBe('it does not exist');
  expect(await readFile(__dirname).catch(fileProblem)).toBe('it is a folder');
  expect(await readdir(__filename).catch(fileProblem)).toBe('it is not a folder');
});

test('fileProblem() passes on any other message', () => {
  expect(fileProblem(new Error('it is empty'))).toBe('it is empty');
});
