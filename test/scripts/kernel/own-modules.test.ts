import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { type CellOutput, executeCells } from '../../support/kernel';

const modules = {
  'exports.js': 'exports.five = 5;',
  'call.js': 'module.exports = () => 6;',
  'last-line.ts': `export const seven = 7;\nString(seven);`,
  'default.ts': 'export default 9;',
};
const sources = {
  exported: `import { five } from './exports'; five`,
  exportedAgain: `import { five } from './exports'; five`,
  called: `import six from './call.js'; six()`,
  calledAgain: `import six from './call.js'; six()`,
  lastLine: `import { seven } from './last-line'; seven`,
  lastLineAgain: `import { seven } from './last-line'; seven`,
  library: `import smile from 'smile-lab'; typeof smile.showPictures`,
  withDefault: `import nine from './default'; nine`,
  tf: `import tf from '@tensorflow/tfjs-node-gpu'; tf.ones([2]).shape`,
  node: `import fs from 'node:fs'; typeof fs.readFileSync`,

  missing: `import { late } from './late'; const found = late; found`,
  made: `import { writeFileSync } from 'node:fs';
    writeFileSync('deep.ts', 'export const deep: number = 10;');
    writeFileSync('late.ts', 'import { deep } from "./deep"; export const late = deep + 1;');
    await new Promise((resolve) => setTimeout(resolve, 1000));`,
  appeared: `import { late } from './late'; const found = late; found`,

  before: `const before = 1;`,
  exit: `console.log('the end'); process.exit(0);`,
  exitLater: `const main = async () => { throw new Error('the reason'); };
    main().catch((error) => { console.error(error); process.exit(1); });
    await new Promise((resolve) => setTimeout(resolve, 50));`,
  after: `before + 1`,
};
let outputs: Record<keyof typeof sources, CellOutput[]>;

// One kernel for all: it takes seconds to start.
beforeAll(async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'own-modules-'));
  for (const [name, text] of Object.entries(modules)) writeFileSync(path.join(folder, name), text);
  const cells = Object.values(sources).map((source) => ({ source }));
  const all = await executeCells(cells, folder).finally(() => rmSync(folder, { recursive: true }));
  outputs = Object.fromEntries(
    Object.keys(sources).map((name, index) => [name, all[index]]),
  ) as typeof outputs;
});

const shown = (name: keyof typeof sources) =>
  outputs[name].map(({ data, text, evalue }) => data?.['text/plain'] ?? text ?? evalue).join('');

test.each([
  ['exported', '5'],
  ['called', '6'],
  ['lastLine', '7'],
] as const)('a module of the learner is imported any number of times: %s', (name, value) => {
  expect([shown(name), shown(`${name}Again`)]).toEqual([value, value]);
});

test.each([
  ['library', 'function'],
  ['withDefault', '9'],
  ['tf', '[ 2 ]'],
  ['node', 'function'],
] as const)("a module's default is the whole module where it has none: %s", (name, value) => {
  expect(shown(name)).toBe(value);
});

test('a file that appears after its import failed is found, and what it imports', () => {
  expect(shown('missing')).toContain("Cannot find module './late'");
  expect(shown('appeared')).toBe('11');
});

test('process.exit() ends its cell alone, and what the cell has written is there', () => {
  expect(shown('exit')).toMatch(/^the end\nCannot end the process: the kernel would be gone/);
  expect(shown('exitLater')).toMatch(/^Error: the reason\n[^]*Cannot end the process/);
  expect(shown('after')).toBe('2');
});
