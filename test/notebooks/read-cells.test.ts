import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCells } from '../../scripts/notebooks/read-cells';
import { makeNotebook } from './makeNotebook';

describe('readCells()', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smile-lab-read-cells-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const written = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };

  test('counts code cells only and joins their lines', () => {
    const file = makeNotebook(path.join(folder, 'two.ipynb'), { cells: ['1;\n2;', ''] });
    const { name, cells } = readCells(file);
    expect(name).toBe(file);
    expect(cells.map(({ number, source }) => [number, source])).toEqual([
      [1, '1;\n2;'],
      [2, ''],
    ]);
  });

  test('takes a source that is one string', () => {
    const cell = { cell_type: 'code', source: '1;\n2;', outputs: [], execution_count: null };
    const file = written(
      'string.ipynb',
      JSON.stringify({ nbformat: 4, metadata: {}, cells: [cell] }),
    );
    expect(readCells(file).cells[0]?.source).toBe('1;\n2;');
  });

  test('names a file of the project by its path from the root', () => {
    expect(() => readCells(path.join(__dirname, 'missing.ipynb'))).toThrow(
      'Cannot read "test/notebooks/missing.ipynb": a readable file is required, and got ENOENT',
    );
  });

  test.each([
    ['half a file', '{"cells": [', 'JSON is required, and got '],
    [
      'an old notebook',
      '{"nbformat": 3, "worksheets": []}',
      'nbformat 4 is required, and got nbformat 3',
    ],
    ['other JSON', 'null', 'nbformat 4 is required, and got nbformat undefined'],
  ])('refuses %s', (_, text, message) => {
    expect(() => readCells(written('bad.ipynb', text))).toThrow(message);
  });
});
