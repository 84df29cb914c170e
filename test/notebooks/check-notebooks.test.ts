import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeNotebook, type MadeCell } from './makeNotebook';

const root = path.join(__dirname, '../..');
const command = 'scripts/notebooks/check-notebooks.js';

describe('check-notebooks.js', () => {
  // Inside the project, since cells import smile-lab.
  let folder = '';
  beforeAll(() => {
    mkdirSync(path.join(root, 'executed'), { recursive: true });
    folder = mkdtempSync(path.join(root, 'executed', 'check-notebooks-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const made = (name: string, cells: MadeCell[]) =>
    makeNotebook(path.join(folder, name), { cells });
  /** What the command printed, a line each, with the folder's name left out. */
  const run = (args: string[], project = root) => {
    const script = path.join(project, command);
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    const here = `${path.relative(root, folder)}/`;
    return { status, lines: stdout.replaceAll(here, '').trim().split('\n'), stderr: stderr.trim() };
  };

  test('finds each planted defect, and names notebook, cell and line', () => {
    const { status, lines, stderr } = run([
      made('1-types.ipynb', [
        "import * as tf from '@tensorflow/tfjs-node-gpu';\nimport { tf as same } from 'smile-lab';",
        'const text: string = tf.ones([2]).size;',
        // Its name is not known, as the cell before was rejected: no problem of its own.
        'text;',
        'same.ones([2]);\nsame.ones([2]).shapes();',
        "same.layers.dense({ units: 'one' });",
        'export const three = 3;',
        'if (same) {',
      ]),
      made('2-strict.ipynb', ['const lengthOf = (text) => text.length;', "lengthOf('1');"]),
      made('3-format.ipynb', ['await Promise.resolve(1)', "const b = '1';\n\n\nb;", '1;\n']),
      made('4-lint.ipynb', [
        "import { tf } from 'smile-lab';\n\nlet used = 1;\nconst unused = 2;",
        '// A value that nobody prints.\nused;\nused = 3;\nused; // tslab prints this one',
        'used == 3;',
      ]),
      made('5-outputs.ipynb', [{ source: '1;', execution_count: 7 }]),
      made('6-clean.ipynb', [
        "import { tf } from 'smile-lab';\n\nconst SEED = 1;\nlet twice = SEED;",
        'const noise = await tf.randomUniform([2], 0, 1, undefined, SEED).data();\nnoise.length;',
        'const twice = 2; // tslab lets a name be declared again\ntwice;',
      ]),
    ]);
    expect(stderr).toBe('');
    expect(lines).toEqual([
      "1-types.ipynb: ESLint must be able to read the cells, and got '}' expected.",
      "1-types.ipynb, cell 2, line 1: Type 'number' is not assignable to type 'string'.",
      expect.stringMatching(
        /^1-types\.ipynb, cell 4, line 2: Property 'shapes' does not exist on /,
      ),
      "1-types.ipynb, cell 5, line 1: Type 'string' is not assignable to type 'number'.",
      "1-types.ipynb, cell 6, line 1: Cannot redeclare exported variable 'three'.",
      "1-types.ipynb, cell 7, line 1: '}' expected.",
      "1-types.ipynb, cell 7, line 1: Prettier must be able to read the cell, and got '}' expected.",
      `2-strict.ipynb, cell 1, line 1: Parameter 'text' implicitly has an 'any' type. (in "strict" only)`,
      formatProblem('cell 1, line 1', '"await Promise.resolve(1);"', '"await Promise.resolve(1)"'),
      formatProblem('cell 2, line 3', '"b;"', '""'),
      formatProblem('cell 3, line 2', 'the end of the cell', '""'),
      "4-lint.ipynb, cell 1, line 1: 'tf' is defined but never used. (@typescript-eslint/no-unused-vars)",
      "4-lint.ipynb, cell 1, line 4: 'unused' is assigned a value but never used. (@typescript-eslint/no-unused-vars)",
      '4-lint.ipynb, cell 2, line 2: Expected an assignment or function call and instead saw an expression. (@typescript-eslint/no-unused-expressions)',
      "4-lint.ipynb, cell 3, line 1: Expected '===' and instead saw '=='. (eqeqeq)",
      '5-outputs.ipynb, cell 1: code cells must have been executed from the top: execution count 1 is required, and got 7',
      '6 notebooks, 19 code cells: 16 problems',
    ]);
    expect(status).toBe(1);
  });

  test('formats cells with --fix, leaves all else as it was, and passes what is clean', () => {
    const messy = made('messy.ipynb', ["const a = { b:  'ä' }\n", 'a']);
    const tidy = made('tidy.ipynb', ["import path from 'node:path';", "path.join('a', 'b');"]);
    const before = statSync(tidy).mtimeMs;

    expect(run(['--fix', messy, tidy])).toEqual({
      status: 0,
      stderr: '',
      lines: ['messy.ipynb: 2 cells formatted', '2 notebooks, 4 code cells: 0 problems'],
    });

    const wanted = made('wanted.ipynb', ["const a = { b: 'ä' };", 'a;']);
    expect(readFileSync(messy, 'utf8')).toBe(readFileSync(wanted, 'utf8'));
    expect(statSync(tidy).mtimeMs).toBe(before);
  });

  test('fails when there is no notebook', () => {
    const empty = path.join(folder, 'empty');
    for (const part of ['notebooks', 'setup']) {
      cpSync(path.join(root, 'scripts', part), path.join(empty, 'scripts', part), {
        recursive: true,
      });
    }
    const message =
      'Cannot check notebooks: at least one .ipynb in "notebooks" is required, and got none';
    expect(run([], empty)).toEqual({ status: 1, stderr: message, lines: [''] });
    mkdirSync(path.join(empty, 'notebooks'));
    expect(run([], empty)).toEqual({ status: 1, stderr: message, lines: [''] });
  });

  test('fails on a file that is no notebook, and on an unknown option', () => {
    expect(run(['missing.ipynb'])).toMatchObject({
      status: 1,
      stderr: 'Cannot read "missing.ipynb": a readable file is required, and got ENOENT',
    });
    expect(run(['--fixx'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Usage: '),
    });
  });
});

/** What is said of a cell of 3-format.ipynb. */
function formatProblem(place: string, wanted: string, got: string): string {
  return `3-format.ipynb, ${place}: the cell must be formatted by Prettier (--fix does it): ${wanted} is wanted, and got ${got}`;
}
