import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkOutputs } from '../../scripts/notebooks/check-outputs';
import { readCells } from '../../scripts/notebooks/read-cells';
import { asLines, type MadeNotebook, makeNotebook } from './makeNotebook';

const html = (text: string) => ({
  output_type: 'display_data',
  data: { 'text/html': asLines(text) },
  metadata: {},
});
const stream = (name: string, text: string) => ({
  output_type: 'stream',
  name,
  text: asLines(text),
});
const picture = html('<img alt="8 faces"\n src="data:image/svg+xml;base64,PHN2Zy8+">');
const png = { output_type: 'display_data', data: { 'image/png': 'iVBORw0KGgo=\n' }, metadata: {} };

describe('checkOutputs()', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smile-lab-check-outputs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const check = (notebook: MadeNotebook) =>
    checkOutputs(readCells(makeNotebook(path.join(folder, 'a.ipynb'), notebook)));
  const messages = (notebook: MadeNotebook) => check(notebook).map(({ message }) => message);
  const messagesOf = (source: string, ...outputs: object[]) =>
    messages({ cells: [{ source, outputs }] });

  test('passes printed lines, pictures and a progress text', () => {
    const cells = [
      { source: 'console.log(1);', outputs: [stream('stdout', '1\n')] },
      { source: 'await showPictures(paths);', outputs: [picture] },
      { source: 'lab.showHistory(history);', outputs: [stream('stdout', 'x\n'), png] },
      { source: 'await model.fit(xs, ys, { callbacks: showProgress() });', outputs: [picture] },
    ];
    expect(check({ cells })).toEqual([]);
  });

  test('names the notebook and the cell', () => {
    const outputs = [{ output_type: 'error', ename: 'TypeError', evalue: 'no', traceback: [] }];
    expect(check({ cells: ['1;', { source: 'no();', outputs }] })).toEqual([
      {
        notebook: path.join(folder, 'a.ipynb'),
        cell: 2,
        message: 'no error may be committed, and got "TypeError: no"',
      },
    ]);
  });

  test('finds what went to standard error', () => {
    expect(messagesOf('f();', stream('stderr', '\n1:7 - Cannot\nfind'))).toEqual([
      'nothing may be written to standard error, and got "1:7 - Cannot"',
    ]);
  });

  test.each([
    [
      'no cell was executed',
      [null, null],
      'execution count 1 is required, and got none (and 1 more)',
    ],
    ['a cell was executed twice', [1, 3], 'execution count 2 is required, and got 3'],
    [
      'cells were executed out of order',
      [2, 1],
      'execution count 1 is required, and got 2 (and 1 more)',
    ],
  ])('finds that %s', (_, counts, message) => {
    const cells = counts.map((execution_count) => ({ source: '1;', execution_count }));
    expect(messages({ cells })).toEqual([
      `code cells must have been executed from the top: ${message}`,
    ]);
  });

  test('finds an empty cell, which no kernel executes', () => {
    expect(messages({ cells: [{ source: ' \n', execution_count: null }] })).toEqual([
      'code cells must have been executed from the top: execution count 1 is required, and got an empty cell',
    ]);
  });

  test.each([
    ['no output', 'await showPictures(paths);', [], 'no output'],
    ['a line only', 'await lab.showPictures(paths);', [stream('stdout', '1')], 'stream'],
    ['a text only', 'for (const p of all) showPictures(p);', [html('<b>8</b>')], 'text/html'],
  ])('finds %s where a picture belongs', (_, source, outputs, got) => {
    expect(messagesOf(source, ...outputs)).toEqual([
      `showPictures() must leave a picture among the outputs, and got ${got}`,
    ]);
  });

  test.each([
    'async function show() {\n  await showPictures(paths);\n}',
    'const show = () => showPictures(paths);',
    '// showPictures(paths) comes next\nconsole.log("showPictures(paths)");',
  ])('wants no picture of a cell that shows none: %j', (source) => {
    expect(messagesOf(source)).toEqual([]);
  });

  test.each([
    ['without content', { ...png, data: { 'image/png': '\n' } }],
    ['that lies elsewhere', html('<img alt="curve" src="curve.png">')],
  ])('finds a picture %s', (_, output) => {
    expect(messagesOf('draw();', picture, output)).toEqual([
      'a picture must be stored in the notebook, and got one without content',
    ]);
  });

  test('finds an output over 1 MB', () => {
    expect(messagesOf('f();', stream('stdout', 'ä'.repeat(499_000)))).toEqual([]);
    expect(messagesOf('f();', stream('stdout', 'ä'.repeat(500_000)))).toEqual([
      'an output of at most 1000000 bytes is required, and got 1000052',
    ]);
  });

  test('finds a picture over 200 kB, in each form by itself', () => {
    const of = (bytes: number) => ({
      ...png,
      data: { 'image/png': 'A'.repeat(bytes), 'image/jpeg': 'A'.repeat(200_000) },
    });
    expect(messagesOf('draw();', of(200_000))).toEqual([]);
    expect(messagesOf('draw();', of(200_001))).toEqual([
      'a picture of at most 200000 bytes is required, and got 200001 of image/png',
    ]);
  });

  test('finds a path of the machine in any text, and not in a PNG', () => {
    const problem = (got: string) => [`no machine's path may be committed, and got "${got}"`];
    expect(messagesOf('f();', stream('stdout', 'saved to /home/ada/m'))).toEqual(
      problem('/home/ada/m'),
    );
    const value = {
      output_type: 'execute_result',
      data: { 'application/json': { at: '/srv/a/b' } },
    };
    expect(messagesOf('f();', value)).toEqual(problem('/srv/a/b'));
    expect(messagesOf('f();', { ...png, data: { 'image/png': '/tmp/AAAA' } })).toEqual([]);
  });

  test("finds another kernel's notebook", () => {
    const kernelspec = { name: 'tslab', display_name: 'TypeScript' };
    expect(check({ kernelspec, cells: [] })).toEqual([
      {
        notebook: expect.stringMatching(/a\.ipynb$/),
        message:
          'the kernel must be "smile-lab", displayed as "Smile Lab (TypeScript)", and got "tslab", "TypeScript"',
      },
    ]);
  });
});
