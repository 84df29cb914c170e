import { type CellOutput, executeCells } from '../../support/kernel';

const terminal = 'Commands belong into a terminal';
const page = 'A cell runs in Node, not in a web page';
const shiftTab = 'What a name does is told by Shift+Tab';

const cells = [
  ['x = 5', 'let x = …'],
  ['for (i = 0; i < 3; i++) {}', 'let i = …'],
  ['print(5)', 'console.log(…)'],
  ['len([1])', 'list.length'],
  ['const none = None;', 'None is null'],
  ['const yes = True;', 'True is true'],
  ["prompt('How many?')", 'Nobody can type into a cell'],
  ["alert('x')", page],
  ['window.innerWidth', page],
  ["document.querySelector('a')", page],
  ["localStorage.getItem('a')", page],
  ['let box: HTMLElement;', page],
  ["fs.readFileSync('x')", "import fs from 'node:fs'"],
  ["path.join('a', 'b')", "import path from 'node:path'"],
  ["readFileSync('x')", "import { readFileSync } from 'node:fs'"],
  ['np.array([1])', "import { tf } from 'smile-lab'"],
  ['!ls', terminal],
  ['!ls -la', terminal],
  ['!pip install x', terminal],
  ['npm install x', terminal],
  ['pip install x', terminal],
  ['cd data', terminal],
  ['%time 1 + 1', "IPython's magics are not there"],
  ['%%time\n1 + 1', "IPython's magics are not there"],
  ['%matplotlib inline', "IPython's magics are not there"],
  ['# comment\nconst y = 1;', 'a comment begins with //'],
  ['Math.max?', shiftTab],
  ['?Math', shiftTab],
  ['true and false', '&&, ||, !'],
  ['if y == 1:\n  print(y)', 'braces'],
  ['for i in range(5):\n  print(i)', 'braces'],
  ['def f(x): return x', 'function f(x: number)'],
  ['from smile_lab import tf', "import { tf } from 'smile-lab'"],
  ['import numpy', "import { tf } from 'smile-lab'"],
  ['abs(-5)', 'Math.abs(…)'],
  ['max(1, 2)', 'Math.max(…)'],
  ['sum([1, 2])', 'list.reduce('],
  ['sorted([2, 1])', '[...list].sort('],
  ['for (const [i, x] of enumerate([1])) {}', 'list.entries()'],
  ['sleep(1)', 'setTimeout('],
  ['isinstance(5, Number)', 'instanceof'],
  ['exit()', 'Kernel → Shut Down Kernel'],
  ['Dense(10)', 'tf.layers.dense({ … })'],
  ['MaxPooling2D(2)', 'tf.layers.maxPooling2d({ … })'],
  ['Sequential()', 'tf.sequential()'],
  ['var i: int = 5', 'the type int is number'],
  ["const names: List<str> = ['a'];", 'the type List is Array'],
  ['int n = 5;', 'let n = 5'],
  ['[1].map(value=5)', 'no arguments by name'],
  ["console.log('a', end='')", 'no arguments by name'],
  ['const z = 5 # comment', 'a comment begins with //'],
  ['if 1 == 1: console.log(1)', 'braces'],
  ['while 1: console.log(1)', 'braces'],
  ['[x * 2 for x in [1, 2]]', 'is list.filter('],
  ["'a' if 1 > 0 else 'b'", 'x > 1 ? a : b'],
  ["raise ValueError('x')", "throw new Error('x')"],
  ['[1, 2, 3][1:]', 'list.slice(1)'],
] as const;

const ownNames = [
  ['input', 'If a cell above declares input, run that one first'],
  ['range.length', 'If a cell above declares range, run that one first'],
  ['path', 'If a cell above declares path, run that one first'],
  ['pictures', 'If a cell above declares pictures, run that one first'],
  ['round.length', 'If a cell above declares round, run that one first'],
  ['int', 'and a cell above declares int, run that one first'],
  ['!isDone', 'If a cell above declares isDone, run that one first'],
] as const;

/** What the learner has declared is no slip from elsewhere, whatever it is called. */
const ownFunctions = [
  ['const sum = (list: number[]) => list.length;\nsum(3)', 'is not assignable to parameter'],
  ["sum('a')", 'The cell that declares sum failed before it ran: mend that one, and run it first.'],
  ['{ const range = () => [1]; }\nrange(3)', 'range is known only between the braces { }'],
] as const;
let told: string[];

beforeAll(async () => {
  const sources = [...cells, ...ownNames, ...ownFunctions].map(([source]) => ({ source }));
  const outputs: CellOutput[][] = await executeCells(sources);
  told = outputs.map((output) => output.at(-1)?.evalue ?? '');
});

test.each(cells.map(([source, cure], index) => ({ source, cure, index })))(
  'what is written elsewhere is told as it is written here: $source',
  ({ cure, index }) => {
    expect(told[index]).toContain(cure);
    if (!cure.startsWith('let')) expect(told[index]).not.toContain('If a cell above');
    expect(told[index]?.split(cure)).toHaveLength(2);
  },
);

test.each(ownNames.map(([source, cure], index) => ({ source, cure, index })))(
  'what is perhaps a name of the learner is not taken for one of those: $source',
  ({ cure, index }) => {
    expect(told[cells.length + index]).toContain(cure);
    // A type of ours is none of them.
    expect(told[cells.length + index]).not.toContain('import { Pictures }');
  },
);

test.each(ownFunctions.map(([source, cure], index) => ({ source, cure, index })))(
  'a function of the learner that is not there is not taken for one of Python: $source',
  ({ cure, index }) => {
    const text = told[cells.length + ownNames.length + index];
    expect(text).toContain(cure);
    expect(text).not.toContain('In TypeScript');
  },
);
