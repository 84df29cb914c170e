const { commands, terminal } = require('./explain-name');

const block = 'In TypeScript a block stands in braces: if (x > 1) { … } else { … }.';
const comment = 'In TypeScript a comment begins with //.';
const imported =
  "In TypeScript an import is import { tf } from 'smile-lab' or import * as tf from '…'.";

/**
 * What IPython, a shell and Python write and TypeScript cannot read, and what is written here: by the line, and by what
 * stands where the compiler gives up.
 * @type {Array<[line: RegExp, rest: RegExp, cure: string]>}
 */
const habits = [
  [
    /^%{1,2}[a-z]/i,
    /^/,
    "IPython's magics are not there. console.time('a') and console.timeEnd('a') measure; pictures need no %matplotlib.",
  ],
  [/^! *[a-z]/i, /^/, terminal],
  [new RegExp(`^(?:${commands})\\s+[\\w./-]`), /^/, terminal],
  [/^#(?!!)/, /^/, comment],
  [/'''|"""/, /^/, 'In TypeScript a text of several lines stands between backticks: `…`.'],
  [
    /^(?:\?{1,2}[\w.]+|[\w.]+\?{1,2})$/,
    /^/,
    'What a name does is told by Shift+Tab with the cursor in it.',
  ],
  [/^def /, /^/, 'In TypeScript def f(x): is function f(x: number) { … }.'],
  [/^import [\w.]+(?:$| as )|^from \S+ import /, /^/, imported],
  [/^(?:if|elif|else|for|while|try|except|with|class)\b.*:$/, /^/, block],
  [/^for \w+ in .*:|^(?:if|elif|while) [^(].*:/, /^/, block],
  [
    /[[{].* for \w+ in .*[\]}]/,
    /^for /,
    'In TypeScript [x * 2 for x in list if x > 1] is list.filter((x) => x > 1).map((x) => x * 2).',
  ],
  [/(?:)/, /^if .* else /, 'In TypeScript a if x > 1 else b is x > 1 ? a : b.'],
  [/^raise /, /^/, "In TypeScript raise ValueError('x') is throw new Error('x')."],
  [
    /\[-?\d*:-?\d*\]/,
    /^[:\]]/,
    'In TypeScript list[1:] is list.slice(1), and list[:-1] list.slice(0, -1).',
  ],
  [
    /^(?:int|float|double|bool|boolean|string|auto) \w+ *=/,
    /^/,
    'In TypeScript int n = 5 is let n = 5.',
  ],
  [/(?:)/, /^#/, comment],
  [/(?:)/, /^(?:and|or|not) /, 'In TypeScript and, or, not are &&, ||, !.'],
  [/(?:)/, /^f["']/, 'In TypeScript f"{x} faces" is `${x} faces`, between backticks.'],
  [/(?:)/, /^lambda /, 'In TypeScript lambda x: x + 1 is (x: number) => x + 1.'],
];

/**
 * Says what cures a line that is no TypeScript.
 * @param {string} line of a cell
 * @param {number} character where in it the compiler finds the fault
 * @returns {string | undefined}
 */
function explainGrammar(line, character) {
  const rest = line.slice(character);
  return habits.find(([whole, here]) => whole.test(line.trim()) && here.test(rest))?.[2];
}

module.exports = { explainGrammar };
