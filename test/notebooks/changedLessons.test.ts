import { mkdtemp, rm } from 'node:fs/promises';
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
