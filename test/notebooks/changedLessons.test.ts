import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { executeChanged, runTwice, setConstants } from '../../scripts/notebooks/execute-changed';
import { lessons } from '../../scripts/notebooks/lessons';
import { otherConstants } from '../../scripts/notebooks/other-constants';

let own: string;
beforeAll(async () => {
  own = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-changed-'));
});
afterAll(() => rm(own, { recursive: true }));

test('papermill puts its parameters behind the constants of each lesson, where they count', async () => {
  for (const lesson of lessons()) {
    const { cells } = JSON.parse(await readFile(lesson, 'utf8')) as {
      cells: Array<{ source: string[]; metadata: { tags?: string[] } }>;
    };
    const tagged = cells.filter(({ metadata }) => metadata.tags?.includes('parameters'));
    expect(tagged.map(({ source }) => source[0])).toEqual(['const SEED = 1;\n']);
  }
});

// `npm run test:constants` and `npm run test:cells-twice` do each for all lessons.
test('lesson 1 follows its constants, with a learner’s own folder of other classes, and each of its cells may be run twice', async () => {
  const [lesson] = lessons();
  const [constants] = otherConstants(own);
  await expect(
    executeChanged(lesson!, 'changed', (notebook) => {
      setConstants(notebook, constants!);
      runTwice(notebook);
    }),
  ).resolves.toBeUndefined();
});
