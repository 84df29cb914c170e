import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { checkFolder, makeNewFolder } from '../../src/cli/outputFolder';
import { asNobody } from '../support/asNobody';

let base: string;
const home = process.cwd();

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  await chmod(base, 0o755);
  process.chdir(base);
});

afterEach(async () => {
  process.chdir(home);
  await rm(base, { recursive: true });
});

/** Expects that nothing can be saved in a folder, and that the check has left nothing behind. */
async function expectError(folder: string, force: boolean, reason: string): Promise<void> {
  const before = await readdir(base, { recursive: true });
  await expect(checkFolder(folder, force)).rejects.toHaveProperty(
    'message',
    `Cannot save the model to ${JSON.stringify(folder)}: ${reason}`,
  );
  expect(await readdir(base, { recursive: true })).toEqual(before);
}

test('makeNewFolder() names a folder after the local date and the recipe, numbered where it is taken', async () => {
  const date = new Date(2026, 0, 5, 0, 30); // half past midnight, wherever it runs
  const folder = 'models/2026-01-05-faces';
  expect(await makeNewFolder('faces', date)).toBe(folder);
  await writeFile(`${folder}-2`, '');
  expect(await makeNewFolder('faces', date)).toBe(`${folder}-3`);
  expect(await makeNewFolder('faces', new Date(2026, 10, 25))).toBe('models/2026-11-25-faces');
  expect(await readdir(folder)).toEqual([]);
});

test('makeNewFolder() gives no folder twice, not even at the same moment', async () => {
  const date = new Date(2026, 0, 5);
  const made = await Promise.all([1, 2, 3, 4].map(() => makeNewFolder('faces', date)));
  expect(new Set(made).size).toBe(4);
});

test('makeNewFolder() throws where models is a file', async () => {
  await writeFile('models', '');
  await expect(makeNewFolder('faces', new Date(2026, 0, 5))).rejects.toThrow(
    'Cannot save the model to "models/2026-01-05-faces": it is a file, not a folder',
  );
});

test('checkFolder() takes a folder that is new or empty, and makes nothing', async () => {
  await mkdir('empty');
  for (const folder of ['empty', 'new', 'new/and/deep', path.join(base, 'ab so\nlute 😀')]) {
    await checkFolder(folder, false);
  }
  expect(await readdir(base, { recursive: true })).toEqual(['empty']);
});

test('checkFolder() takes a folder that holds something only by force', async () => {
  await mkdir('full');
  await writeFile('full/notes.txt', '');
  await expectError(
    'full',
    false,
    'the folder exists and is not empty; --force saves the model beside what is in it',
  );
  await checkFolder('full', true);
});

test('checkFolder() says that a model would be replaced where one is', async () => {
  await mkdir('full');
  await writeFile('full/model.json', '{}');
  const reason = 'the folder exists and is not empty; --force replaces the model in it';
  await expectError('full', false, reason);
});

test('checkFolder() refuses the folder of the pictures and what lies in it, also by force', async () => {
  await mkdir('data/happy', { recursive: true });
  await symlink('data', 'link');
  for (const folder of ['data', 'data/model', 'link/happy', './data/happy/a/b']) {
    await expect(checkFolder(folder, true, 'data')).rejects.toThrow(
      `Cannot save the model to "${folder}": a folder outside of the pictures in "data" is required, where it would be taken for a class; got "${folder}"`,
    );
  }
  for (const folder of ['models/data', 'data-2', '..data', '.']) {
    await checkFolder(folder, true, 'data');
  }
});

test('checkFolder() tells that a training in the folder can be resumed', async () => {
  await mkdir('begun');
  await writeFile('begun/run.json', '{}');
  await expectError(
    'begun',
    false,
    'the folder exists and is not empty; --force replaces the model in it, and --resume begun continues its training',
  );
});

test('checkFolder() throws where no folder can be, also by force', async () => {
  await writeFile('file', '');
  await symlink('nowhere', 'dangling');
  await symlink('circle', 'circle');
  for (const force of [false, true]) {
    await expectError('file', force, 'it, or a part of its path, is a file');
    await expectError('file/sub', force, 'it, or a part of its path, is a file');
    await expectError('dangling', force, 'no folder can be made there');
    await expectError('circle', force, 'its links lead in a circle');
    // Even root cannot make one there.
    await expectError('/proc/smile-lab', force, 'no folder can be made there');
  }
});

test('checkFolder() throws where there is no permission', async () => {
  await mkdir('closed', { mode: 0o555 });
  await mkdir('hidden', { mode: 0o000 });
  await asNobody(async () => {
    await expect(checkFolder('closed/sub', false)).rejects.toThrow(
      'Cannot save the model to "closed/sub": there is no permission to write there',
    );
    await expect(checkFolder('closed', true)).rejects.toThrow('there is no permission');
    await expect(checkFolder('hidden', true)).rejects.toThrow('there is no permission');
  });
});
