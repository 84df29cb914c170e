import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { type CellOutput, executeCells } from '../../support/kernel';

const sources = {
  clone: 'structuredClone(() => 1)',
  base64: "\natob('*')",
  aborted: `await fetch('http://127.0.0.1:9/', { signal: AbortSignal.abort() })`,
  timeout: "throw new DOMException('too slow', 'TimeoutError')",
  worker: `import { Worker } from 'node:worker_threads';
    const worker = new Worker('throw new RangeError("in it")', { eval: true });
    await new Promise((_, fail) => worker.on('error', fail));`,
  domCause: `throw new Error('outer', { cause: new DOMException('too slow', 'TimeoutError') });`,

  question: `import { createInterface } from 'node:readline/promises';
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    await lines.question('name? ')`,
  eachChunk: 'for await (const chunk of process.stdin) console.log(chunk);',
  readAll: "import { readFileSync } from 'node:fs'; readFileSync(0, 'utf8').length",
  childReads: `import { execSync } from 'node:child_process';
    execSync('cat; echo end', { stdio: 'inherit' });`,

  folderOfFile: "console.log('one');\nconsole.log(__dirname);",
  fileName: '__filename',
  meta: 'const here = import.meta.url;',
  typeOf: 'typeof __dirname',
  json: "import face from './face.json' with { type: 'json' };\nface.size",
  laterJson: "(await import('./face.json', { with: { type: 'json' } })).default.size",

  noFolder: `import * as smile from 'smile-lab';
    await smile.imageDatasetFromDirectory('data/faces');`,
  noPicture: `await smile.imageDatasetFromFiles([{ path: 'a.png', label: 0 }], { classNames: ['a', 'b'] } as any);`,
  noModel: `await smile.loadClassifier('models/first');`,
  noText: `readFileSync('nowhere.txt');`,
  noAbsolute: `readFileSync('/nowhere.txt');`,

  tooShort: 'const rows: number[][] = [];\nrows[3].length',

  group: "console.group('one'); console.group('two'); console.log('in it'); throw new Error('x');",
  afterGroup: "console.log('beside it');",

  before: 'const before = 1;',
  elsewhere: "process.chdir('/'); process.cwd()",
  after: 'before + 1',
  imports: "import { homedir } from 'node:os'; process.chdir('/tmp'); typeof homedir()",
};
let folder: string;
let outputs: Record<keyof typeof sources, CellOutput[]>;

// One kernel for all: it takes seconds to start.
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'habits-')));
  writeFileSync(path.join(folder, 'face.json'), '{ "size": 48 }');
  const cells = Object.values(sources).map((source) => ({ source }));
  const all = await executeCells(cells, folder).finally(() => rmSync(folder, { recursive: true }));
  outputs = Object.fromEntries(
    Object.keys(sources).map((name, index) => [name, all[index]]),
  ) as typeof outputs;
});

const result = (name: keyof typeof sources) => outputs[name].at(-1)?.data?.['text/plain'];
const error = (name: keyof typeof sources) => {
  const { ename, evalue, traceback = [] } = outputs[name].at(-1) ?? {};
  const below = traceback.slice(1).map((line) => line.replace(/\x1b\[[\d;]*m|\[\d+\]/g, ''));
  return [`${ename}: ${evalue}`, ...below];
};

test('after process.chdir() cells run as before', () => {
  expect(result('elsewhere')).toBe('/');
  expect(result('after')).toBe('2');
  expect(result('imports')).toBe('string');
});

test('a group of lines ends with its cell, also with one that fails', () => {
  expect(outputs.group[0]?.text).toBe('one\n  two\n    in it\n');
  expect(outputs.afterGroup[0]?.text).toBe('beside it\n');
});

describe('what a cell throws is told by its own name, with the line of the cell', () => {
  test.each([
    ['clone', 'DataCloneError: () => 1 could not be cloned.', 1],
    ['base64', 'InvalidCharacterError: Invalid character', 2],
    ['aborted', 'AbortError: This operation was aborted', 1],
    ['timeout', 'TimeoutError: too slow', 1],
  ] as const)('a DOMException: %s', (name, told, line) => {
    expect(error(name)).toEqual([told, `  at cell , line ${line}`]);
  });

  test('an error that comes from a worker, which has no such line', () => {
    expect(error('worker')).toEqual(['RangeError: in it']);
  });

  test('a DOMException that is a cause', () => {
    expect(error('domCause')[1]).toBe('Cause: TimeoutError: too slow');
  });
});

describe('a cell that reads what nobody can type does not wait', () => {
  test.each([
    ['question', 2],
    ['eachChunk', 1],
  ] as const)('and says so: %s', (name, line) => {
    expect(error(name)).toEqual([
      expect.stringContaining('Cannot read from process.stdin: a notebook has no terminal'),
      `  at cell , line ${line}`,
    ]);
  });

  test('but finds nothing, as the programs that it starts', () => {
    expect(result('readAll')).toBe('0');
    expect(outputs.childReads.map(({ text }) => text).join('')).toBe('end\n');
  });
});

describe('what only a file has', () => {
  test.each([
    ['folderOfFile', '2:13', '__dirname'],
    ['fileName', '1:1', '__filename'],
    ['meta', '1:14', 'import.meta'],
  ] as const)('is told with its place and with what a notebook has: %s', (name, place, what) => {
    expect(error(name)[0]).toBe(
      `TypeScript: ${place} - A cell is no file and has no ${what}. process.cwd() is the folder of its notebook.`,
    );
  });

  test('may be asked for', () => expect(result('typeOf')).toBe('undefined'));
});

describe('where a file is not found', () => {
  test.each([
    ['noFolder', 'Cannot read folder "data/faces": it does not exist'],
    ['noPicture', 'Cannot read picture "a.png": it does not exist'],
    ['noModel', 'Cannot load a model from "models/first": '],
    ['noText', 'ENOENT: no such file or directory'],
  ] as const)('the folder is named in which its path begins: %s', (name, told) => {
    expect(error(name)[0]).toContain(told);
    expect(error(name)[1]).toBe(
      `A path without / at its beginning starts at process.cwd(), now ${folder}`,
    );
  });

  test('and its path is whole, nothing is added', () => {
    expect(error('noAbsolute')).toHaveLength(2);
  });
});

test('of what is not there it is said what stands in front of its name', () => {
  expect(error('tooShort')).toEqual([
    "TypeError: Cannot read properties of undefined (reading 'length')",
    'What stands in front of .length is undefined: perhaps a list has no such element, or an object no such name',
    '  at cell , line 2',
  ]);
});

test('a JSON file is imported as today’s Node wants it', () => {
  expect(result('json')).toBe('48');
  expect(result('laterJson')).toBe('48');
});
