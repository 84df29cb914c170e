import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** What scripts and tests load of the compiled library, as they write it: `path.join(dist, 'cli', 'main.js')`. */
const loaded = ['scripts', 'test'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(ROOT, folder, file), 'utf8');
      return [...text.matchAll(/path\.join\(dist((?:, '[\w./-]+')+)\)/g)].map(
        ([, parts = '']): [string, string] => [
          path.join(folder, file),
          [...parts.matchAll(/'(.+?)'/g)].map(([, part = '']) => part).join('/'),
        ],
      );
    })
    .filter(([, name]) => !name.startsWith('.') && !name.endsWith('.d.ts')),
);

test.each(loaded)('%s finds %s of the compiled library in src', (_, name) => {
  const source = path.join(ROOT, 'src', name.replace(/\.js$/, ''));
  expect(existsSync(source) || existsSync(`${source}.ts`)).toBe(true);
});
