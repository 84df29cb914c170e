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
] as const;

const ownNames = [
  ['input', 'If a cell above declares input, run that one first'],
  ['range.length', 'If a cell above declares range, run that one first'],
  ['path', 'If a cell above declares path, run that one first'],
  ['!isDone', 'If a cell above declares isDone, run that one first'],
] as const;
let told: string[];

beforeAll(async () => {
  const sources = [...cells, ...ownNames].map(([source]) => ({ source }));
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
  ({ cure, index }) => expect(told[cells.length + index]).toContain(cure),
);
