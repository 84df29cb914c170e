import { readFileSync } from 'node:fs';
import path from 'node:path';

import { lessons } from '../../scripts/notebooks/lessons';
import { memoryProblem, mostMemory } from '../../scripts/notebooks/most-memory';
import { root } from '../../scripts/setup/paths';

const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

test('each lesson has a memory that its kernel may hold at most, as environment.md and README promise', () => {
  expect(Object.keys(mostMemory)).toEqual(lessons().map((lesson) => path.basename(lesson)));
  const listed = (items: readonly string[]) =>
    `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
  const numbers = lessons().map((lesson) => String(Number(path.basename(lesson).slice(0, 2))));
  const promised = Object.values(mostMemory).map((most) => most.toFixed(1));
  expect(read('environment.md')).toContain(
    `the kernels of lessons ${listed(numbers)} take up to ${listed(promised)} GB while they train`,
  );
  const most = Math.max(...Object.values(mostMemory)).toFixed(1);
  expect(read('README.md')).toContain(`up to ${most} GB of memory while it trains`);
});

test('a kernel that held more than was promised is told with both numbers', () => {
  const lesson = 'notebooks/01-happy-or-sad.ipynb';
  expect(memoryProblem(lesson, 1.0)).toBeUndefined();
  expect(memoryProblem(lesson, 1.014)).toBe(
    'notebooks/01-happy-or-sad.ipynb: a kernel of at most 1.0 GB was promised, and it held 1.01 GB',
  );
  expect(memoryProblem('notebooks/04-new.ipynb', 0.1)).toMatch(/04-new.*no memory was promised/);
});
