import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type CellOutput, executeCells } from '../../support/kernel';

const MANY = 'for (let i = 0; i < 700; i++) console.log(i);';

const sources = {
  deepSummary: `import { tf } from 'smile-lab';
    const deep = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 2 })] });
    for (let i = 0; i < 300; i++) deep.add(tf.layers.dense({ units: 2 }));
    deep.summary();`,
  error: `${MANY} throw new Error('the reason');`,
  display: `import { display } from 'tslab'; ${MANY} display.html('<b>all</b>');`,
  dots: `for (let i = 0; i < 2000; i++) process.stdout.write('.'); console.log(' done');`,
  written: `await new Promise((resolve) => process.stdout.write('äö', resolve)); console.log('!');`,

  traceback: `interface Face { mouth: string }

    // The line below is the fourth.
    function look(face: Face): void { throw new TypeError('no mouth in ' + face.mouth); }
    function twice(): void {
      look({ mouth: 'this' });
    }
    twice();`,
  cause: `throw new Error('outer', { cause: new RangeError('inner') });`,
  thrown: `throw 'only a text';`,
  nodeError: `import { readFileSync } from 'node:fs'; readFileSync('/nowhere.txt');`,
  late: `void Promise.reject(new Error('awaited by nobody'));
    let fail = (): void => {};
    void new Promise<void>((resolve) => (fail = resolve)).then(() => JSON.parse('{'));`,
  afterLate: `fail(); setTimeout(() => { throw new Error('in a timer'); }, 0);
    await new Promise((resolve) => setTimeout(resolve, 50)); console.log('alive');`,

  half: `const before = 1; const [left, right] = ['l', 'r']; class Half {}
    if (before === 1) throw new Error('half way');
    const behind = 2;`,
  useHalf: `console.log(before, left, right, new Half());`,
  useBehind: `behind;`,
  againFails: `const before = String(JSON.parse('{'));`,
  stillBefore: `before + 1;`,

  counter: `let best = 0; const step = { size: 1 };
    const raise = () => (best += step.size); function look2(): number { return best; }
    raise();`,
  reset: `best = 100; raise();`,
  again: `let best = 7; const step = { size: 10 }; raise(); console.log(best, look2());`,
  kinds: `enum Mood { Sad, Happy } const { a, ...rest } = { a: 1, b: 2 }; let later: number; later = 5;
    for (var i = 0; i < 3; i++) {} console.log(Mood.Happy, a, rest, later, i, Mood[0]);`,
  kindsLater: `later++; console.log(Mood.Sad, a, rest, later);`,

  named: `const arrow = () => {}; let plain = function () {}; const Made = class {};
    console.log(arrow.name, plain.name, Made.name, new Made());`,

  typescript: `import { helper } from '../lib/helper'; helper(2);`,
  commonJs: `import { five } from '../lib/plain'; five;`,
  beside: `import { seven } from './beside'; seven;`,
  exported: `export const rate = 0.5; export function half(): number { return rate }
    export default class Tutorial {} export { rate };`,
  useExported: `console.log(rate, half(), new Tutorial());`,
  forAwait: `for await (const one of [Promise.resolve(1)]) console.log(one);`,
  children: `import * as children from 'node:child_process';
    const inherit = { stdio: 'inherit' } as const;
    children.execSync('echo one; echo wrong >&2', inherit);
    const child = children.spawn('sh', ['-c', 'echo two; exit 3'], inherit);
    console.log(await new Promise((resolve) => child.on('close', resolve)), child.stdout);
    console.log(children.spawnSync('echo', ['three'], { stdio: [0, 2, 'pipe'] }).stdout);
    children.execFileSync('seq', ['20000'], inherit);`,
  childFails: `children.execFileSync('sh', ['-c', 'echo reason; exit 2'], inherit);`,
  openText: 'const open = `abc',
  openFunction: `function open(): void {
      if (before) {
        look2();
      }
    `,
  openList: 'look2(\n  [1, 2',
  jest: `describe('a cell', () => {});`,
  node: `import * as tfn from '@tensorflow/tfjs-node'; const one: tfn.Tensor = tfn.tensor([1]); one;`,
  vis: `import * as tfvis from '@tensorflow/tfjs-vis'; tfvis;`,
  forgotten: `tfn.tensor([1]).data();`,
  indexed: `const first = tfn.tensor([1]).data()[0];`,
  inText: `const sum = async (): Promise<number> => 3;
    console.log(\`the sum is \${sum()}\`, 'and again ' + sum());`,
  notForgotten: `const sum = async (): Promise<number> => 3; console.log(\`\${await sum()}\`, typeof sum()['then'], (await Promise.all([sum()]))[0]);`,
  nameless: `() => 1;`,
  caught: `const risk = (): never => {
      throw new RangeError('too much', { cause: new Error('why') });
    };
    try { risk(); } catch (error) { console.log(error); }
    console.log([Object.assign(new Error('with more'), { code: 7 })]);`,
  stack: `const fall = (): never => { throw new RangeError('too far'); };
    try { [1].map(fall); } catch (error) { console.log((error as Error).stack); }
    try { tf.ones([2]).reshape([3]); } catch (error) { console.log((error as Error).stack); }`,
  errorValue: `
    new TypeError('a value');`,
  explained: `tfn.tensor([1]).dispose();
    const gone = tfn.ones([2]); gone.dispose(); gone.add(1);`,
  shorthand: `console.log(JSON.stringify({ before, rate }));`,
  notInstalled: `import { nine } from 'newly-installed'; nine;`,
  install: `import { mkdirSync, writeFileSync } from 'node:fs';
    mkdirSync('node_modules/newly-installed');
    writeFileSync('node_modules/newly-installed/index.js', 'exports.nine = 9;');
    writeFileSync('node_modules/newly-installed/index.d.ts', 'export declare const nine: number;');
    await new Promise((resolve) => setTimeout(resolve, 1000)); 'installed';`,
  afterInstall: `4 + 5;`,
  noFunction: `console.log(before, tf.ones([1]).shape);
    try { (before as any).smile(1); } catch (error) { console.log(error); } (tf as any).smile();`,
  ownProgress: `const small = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1 })] });
    small.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await small.fit(tf.ones([4, 1]), tf.ones([4, 1]), { epochs: 2 });`,
};

let outputs: Record<keyof typeof sources, CellOutput[]>;

// One kernel for all: it takes seconds to start.
beforeAll(async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kernel '));
  const notebooks = path.join(folder, 'notebooks');
  for (const each of [notebooks, path.join(folder, 'lib')]) mkdirSync(each);
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  write(
    'lib/helper.ts',
    `import { base } from './base'; export const helper = (x: number) => x * base;`,
  );
  write('lib/base.ts', 'export const base: number = 21;');
  write('lib/plain.js', 'exports.five = 5;');
  mkdirSync(path.join(notebooks, 'node_modules', 'older'), { recursive: true });
  write('notebooks/beside.ts', 'export const seven: number = 7;');
  try {
    const cells = Object.values(sources).map((source) => ({ source }));
    const all = await executeCells(cells, notebooks);
    outputs = Object.fromEntries(
      Object.keys(sources).map((name, index) => [name, all[index]]),
    ) as typeof outputs;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const printed = (name: keyof typeof sources, stream = 'stdout') =>
  outputs[name]
    .filter((output) => output.name === stream)
    .map(({ text }) => text)
    .join('');
const result = (name: keyof typeof sources) => outputs[name].at(-1)?.data?.['text/plain'];
const error = (name: keyof typeof sources) => {
  const { ename, evalue } = outputs[name].at(-1) ?? {};
  return `${ename}: ${evalue}`;
};
/** Below the error's own line, without colours. */
const trace = (name: keyof typeof sources) =>
  (outputs[name].at(-1)?.traceback ?? [])
    .slice(1)
    .map((line) => line.replace(/\x1b\[[\d;]*m/g, ''));

describe('everything that a cell sends at once arrives, in its order', () => {
  const numbers = Array.from({ length: 700 }, (_, i) => `${i}\n`).join('');

  test("the summary of a deep network, whose lines are more than ZeroMQ's first 512", () => {
    expect(printed('deepSummary')).toMatch(/dense_Dense301 [^]*Trainable params: 1806\n/);
  });

  test('an error behind 700 lines', () => {
    expect(printed('error')).toBe(numbers);
    expect(error('error')).toBe('Error: the reason');
  });

  test('a display behind 700 lines', () => {
    expect(printed('display')).toBe(numbers);
    expect(outputs.display.at(-1)?.data).toEqual({ 'text/html': '<b>all</b>' });
  });

  test('what is written without line ends, or with a callback', () => {
    expect(printed('dots')).toBe(`${'.'.repeat(2000)} done\n`);
    expect(printed('written')).toBe('äö!\n');
  });
});

describe('an error', () => {
  test("names the cell's own lines, and none of the kernel's", () => {
    expect(error('traceback')).toBe('TypeError: no mouth in this');
    expect(trace('traceback')).toEqual([
      '  at cell [6], line 4 in look',
      '  at cell [6], line 6 in twice',
      '  at cell [6], line 8',
    ]);
  });

  test('of Node names the line of the cell alone', () => {
    expect(error('nodeError')).toMatch(/^Error: ENOENT: .*nowhere\.txt/);
    expect(trace('nodeError')).toEqual(['  at cell [9], line 1']);
  });

  test('is told with its cause; what is no error, as it is', () => {
    expect(trace('cause')).toEqual(['Cause: RangeError: inner', '  at cell [7], line 1']);
    expect(error('thrown')).toBe('Thrown: only a text');
  });

  test('that nobody awaits is told on standard error, and the kernel lives on', () => {
    expect(printed('late', 'stderr')).toContain('awaited by nobody');
    expect(printed('afterLate', 'stderr')).toMatch(/SyntaxError[^]*in a timer/);
    expect(printed('afterLate')).toBe('alive\n');
  });
});

describe('a forgotten await that TypeScript lets pass is told', () => {
  const cure = 'write await in front of the call that gave it';

  test('where a promise is indexed', () => {
    expect(error('indexed')).toMatch(/^TypeScript: 1:15 - Type 'Promise<.*>' has no element 0\.\n/);
    expect(error('indexed')).toContain(cure);
  });

  test('where a promise is written into a text', () => {
    const told = "Type 'Promise<number>' cannot be written into a text.";
    expect(error('inText').match(/2:\d+ - .*/g)).toEqual([`2:31 - ${told}`, `2:55 - ${told}`]);
    expect(error('inText')).toContain(cure);
  });

  test('and nothing else is', () => expect(printed('notForgotten')).toBe('3 function 3\n'));
});

describe('shown as a value', () => {
  test("an error names the cell's own lines, and none of the kernel's", () => {
    expect(printed('caught').replace(/cell \[\d+\]/g, 'cell')).toBe(
      [
        'RangeError: too much',
        '    at cell, line 2 in risk',
        '    at cell, line 4 {',
        '  [cause]: Error: why',
        '      at cell, line 2 in risk',
        '      at cell, line 4',
        '}',
        '[',
        '  Error: with more',
        '      at cell, line 5 {',
        '    code: 7',
        '  }',
        ']',
        '',
      ].join('\n'),
    );
    expect(result('errorValue')).toMatch(/^TypeError: a value\n    at cell \[\d+\], line 2$/);
  });

  test('the stack of an error that was caught has the lines of the cells alone', () => {
    expect(printed('stack').replace(/cell \[\d+\]/g, 'cell')).toMatch(
      /^RangeError: too far\n    at cell, line 1 in fall\n    at cell, line 2\n[^]*reshape[^]*\n    at cell, line 3\n$/,
    );
    expect(printed('stack').match(/^ +at /gm)).toHaveLength(3);
  });

  test('a function without a name has none', () => {
    expect(result('nameless')).toBe('[Function (anonymous)]');
  });
});

describe('after a cell that failed', () => {
  test('the variables that it had set are there, the others are not', () => {
    expect(printed('useHalf')).toBe('1 l r Half {}\n');
    expect(error('useBehind')).toContain("Cannot find name 'behind'");
  });

  test('what it would have set anew is what it was, with its type', () => {
    expect(error('againFails')).toContain('SyntaxError');
    expect(result('stillBefore')).toBe('2');
  });
});

describe('a variable is one for all cells', () => {
  test('what a later cell sets, a function of an earlier one reads', () => {
    expect(result('reset')).toBe('101');
  });

  test('what a later cell declares again, a function of an earlier one reads', () => {
    expect(printed('again')).toBe('17 17\n');
  });

  test('of each kind', () => {
    expect(printed('kinds')).toBe('1 1 { b: 2 } 5 3 Sad\n');
    expect(printed('kindsLater')).toBe('0 1 { b: 2 } 6\n');
  });

  test('and gives its name to a function or class', () => {
    expect(printed('named')).toBe('arrow plain Made Made {}\n');
  });

  test('also in the short form', () => {
    expect(printed('shorthand')).toBe('{"before":1,"rate":0.5}\n');
  });
});

describe('a cell may', () => {
  test.each([
    ['import a TypeScript file of the folder above, which imports another', 'typescript', '42'],
    ['import a JavaScript file of the folder above', 'commonJs', '5'],
    ['import a file beside it', 'beside', '7'],
  ] as const)('%s', (_, name, value) => expect(result(name)).toBe(value));

  test('export what it declares', () =>
    expect(printed('useExported')).toBe('0.5 0.5 Tutorial {}\n'));

  test('await in a loop alone', () => expect(printed('forAwait')).toBe('1\n'));

  test('not use the globals of the test framework', () => {
    expect(error('jest')).toContain("Cannot find name 'describe'");
  });
});

describe('what a child prints where the kernel does is shown', () => {
  test('of one that is waited for and of one that runs beside', () => {
    expect(printed('children')).toBe(
      `one\ntwo\n3 null\nnull\n${Array.from({ length: 20_000 }, (_, i) => `${i + 1}\n`).join('')}`,
    );
    expect(printed('children', 'stderr')).toBe('wrong\nthree\n');
  });

  test('of one that fails', () => {
    expect(printed('childFails')).toBe('reason\n');
    expect(error('childFails')).toContain('Command failed: sh -c echo reason; exit 2');
  });
});

test.each([
  ['openText', '1:18 - Unterminated template literal.', 'const open = `abc'],
  ['openFunction', "4:8 - '}' expected.", '      }'],
  ['openList', "2:8 - ']' expected.", '  [1, 2'],
] as const)('what a cell leaves open is told at its end, with the line: %s', (name, told, line) => {
  expect(error(name)).toBe(`TypeScript: ${told}`);
  expect(trace(name)).toEqual([`  ${line}`, `  ${line.replace(/\S/g, ' ')}^`]);
});

describe('what tutorials do', () => {
  test('tfjs-node is the TensorFlow of this project, with its types; a tensor shows its values', () => {
    expect(result('node')).toBe('Tensor float32 [1]\n    [1]');
  });

  test('tfjs-vis is told to need a page, with what draws here', () => {
    expect(error('vis')).toContain(
      "Write import { showHistory, showModel, openDashboard } from 'smile-lab'",
    );
  });

  test('a forgotten await is told', () => expect(result('forgotten')).toContain('Write await'));

  test('run after a package was installed into the notebook’s folder meanwhile', () => {
    expect(error('notInstalled')).toContain("Cannot find module 'newly-installed'");
    expect(result('install')).toBe('installed');
    expect(result('afterInstall')).toBe('9');
  });

  test('what is no function has the name that it has in the cell', () => {
    expect(printed('noFunction')).toContain('TypeError: before.smile is not a function\n');
    expect(error('noFunction')).toBe('TypeError: tf.smile is not a function');
  });

  test('an error of TensorFlow.js is explained, and stays readable', () => {
    expect(error('explained')).toContain('This tensor was disposed');
    expect(trace('explained')).toEqual([
      'TensorFlow.js: Tensor is disposed.',
      expect.stringMatching(/^  at cell \[\d+\], line 2$/),
    ]);
  });
});

test("of tfjs's own progress a cell shows the numbers, and nothing as an error", () => {
  expect(printed('ownProgress')).toMatch(/^Epoch 1 \/ 2\n.*loss=.*\nEpoch 2 \/ 2\n.*loss=/);
  expect(printed('ownProgress', 'stderr')).toBe('');
});
