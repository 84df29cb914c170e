import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { lessons } from '../../scripts/notebooks/lessons';

test.each([['9'], ['one'], ['1', '2']])(
  'npm run lesson -- %s names the lessons that there are',
  (...given) => {
    const { status, stderr } = spawnSync('node', ['scripts/lesson.js', ...given], {
      encoding: 'utf8',
    });
    const numbers = lessons().map((lesson) => parseInt(path.basename(lesson), 10));
    expect(stderr).toContain(
      `Usage: npm run lesson [-- NUMBER], one of ${numbers.join(', ')}; got ${given.join(' ')}\n`,
    );
    expect(status).toBe(2);
  },
);
