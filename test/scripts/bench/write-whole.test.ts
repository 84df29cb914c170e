import fs from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../../../scripts/bench/write-whole';
import { folderWith } from '../../support/pictures';

describe('writeWhole()', () => {
  test('writes all files', async () => {
    const folder = await folderWith({});
    const [a, b] = ['a.md', 'new/b.svg'].map((name) => path.join(folder, name)) as [string, string];
    writeWhole({ [a]: 'A', [b]: 'B' });
    expect([a, b].map((file) => fs.readFileSync(file, 'utf8'))).toEqual(['A', 'B']);
  });

  test('leaves the old ones where one cannot be written', async () => {
    const folder = await folderWith({ 'a.md': 'old' });
    const a = path.join(folder, 'a.md');
    expect(() => writeWhole({ [a]: 'new', [path.join(a, 'b.svg')]: 'B' })).toThrow();
    expect(fs.readFileSync(a, 'utf8')).toBe('old');
    expect(fs.readdirSync(folder)).toEqual(['a.md']);
  });
});
