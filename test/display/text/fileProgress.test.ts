import path from 'node:path';

import { dist } from '../../../scripts/setup/paths';
import { formatFileProgress } from '../../../src/display/text/fileProgress';
import { inTerminal, runCompiled } from '../../support/children';

test.each<[number, number, number, string]>([
  [0, 8, 0, '╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 0/8 files'],
  [500, 2000, 3, '━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 500/2000 files · 9 s left'],
  [8, 8, 3, '━━━━━━━━━━━━━━━━━━━━ 8/8 files'],
  [0, 0, 0, '━━━━━━━━━━━━━━━━━━━━ 0/0 files'],
])('formatFileProgress(%i, %i, %i)', (done, files, seconds, line) => {
  expect(formatFileProgress(done, files, seconds)).toBe(line);
});

const CODE = `
const { fileProgress } = require(${JSON.stringify(path.join(dist, 'display/text/fileProgress'))});
const progress = await fileProgress();
for (let done = 1; done <= 5000; done++) progress(done, 5000);
console.log('after');
`;

test('fileProgress() rewrites one line in a terminal, and leaves it', async () => {
  const wrap = (command: string[]) => inTerminal(command, 80);
  const { stdout } = await runCompiled(CODE, [], { wrap });
  const frames = stdout.split('\r\x1b[2K');
  expect(frames.at(-1)).toBe('━━━━━━━━━━━━━━━━━━━━ 5000/5000 files\r\nafter\r\n');
  expect(frames.length).toBeLessThan(100);
});

test('fileProgress() writes nothing into a pipe', async () => {
  expect(await runCompiled(CODE)).toMatchObject({ stdout: 'after\n', stderr: '' });
});
