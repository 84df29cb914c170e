const fs = require('node:fs');
const { builtinModules } = require('node:module');
const ts = require('@tslab/typescript-for-tslab');
const { explainOwnName } = require('./failed-cells');

const runAbove = 'Run → Run All Above Selected Cell';

const page =
  "A cell runs in Node, not in a web page. To show HTML write import { display } from 'tslab' and display.html('<b>…</b>').";
const typed =
  "Nobody can type into a cell that runs: write the value into it, as in const name = 'Ada'.";
const terminal =
  "Commands belong into a terminal: File → New → Terminal. From a cell: import { execSync } from 'node:child_process', and execSync('ls', { stdio: 'inherit' }).";

const shutDown = 'Kernel → Shut Down Kernel ends the kernel; a cell ends with its last line.';

/** Layers of Keras, by the names of their classes. */
const layers =
  /^(?:Activation|Add|AveragePooling2D|BatchNormalization|Concatenate|Conv2D|Dense|Dropout|Embedding|Flatten|GRU|GlobalAveragePooling2D|LSTM|MaxPooling2D|Reshape)$/;

/** What other languages call a type. */
const types = new Map([
  ...['int', 'float', 'double'].map((name) => /** @type {const} */ ([name, 'number'])),
  ...Object.entries({ str: 'string', bool: 'boolean', List: 'Array', dict: 'Record' }),
]);

/** Of a shell, as a pattern. */
const commands =
  'npm|npx|pip3?|conda|git|cd|ls|pwd|mkdir|python3?|node|apt|sudo|cat|rm|cp|mv|wget|curl|unzip|echo|nvidia-smi';

/**
 * What Python, a web page or a shell knows by a name, and how to write it here; a function's only where it is called,
 * since a learner's own variable may be called so.
 */
const elsewhere = new Map(
  Object.entries({
    'print()': 'In TypeScript print(…) is console.log(…).',
    'len()': 'In TypeScript len(list) is list.length; the length of a tensor is tensor.shape[0].',
    None: 'In TypeScript None is null.',
    True: 'In TypeScript True is true.',
    False: 'In TypeScript False is false.',
    'str()': 'In TypeScript str(…) is String(…).',
    'int()': 'In TypeScript int(…) is Math.trunc(Number(…)).',
    'float()': 'In TypeScript float(…) is Number(…), and of a tensor (await tensor.data())[0].',
    'sum()': 'In TypeScript sum(list) is list.reduce((sum, x) => sum + x, 0).',
    'sorted()': 'In TypeScript sorted(list) is [...list].sort((a, b) => a - b).',
    'enumerate()':
      'In TypeScript for i, x in enumerate(list) is for (const [i, x] of list.entries()).',
    'zip()': 'In TypeScript zip(a, b) is a.map((x, i) => [x, b[i]]).',
    'isinstance()': "In TypeScript isinstance(x, C) is x instanceof C, or typeof x === 'number'.",
    'type()': 'In TypeScript type(x) is typeof x.',
    'help()': 'What a name does is told by Shift+Tab with the cursor in it.',
    'dir()': 'In TypeScript dir(x) is Object.keys(x); behind x. Tab shows what it has.',
    'sleep()':
      'In TypeScript sleep(1) is await new Promise((resolve) => setTimeout(resolve, 1000)).',
    ...Object.fromEntries(['exit()', 'quit()'].map((name) => [name, shutDown])),
    'Sequential()': "In TypeScript Keras' Sequential() is tf.sequential().",
    'Input()': "In TypeScript Keras' Input((2,)) is tf.input({ shape: [2] }).",
    'range()': 'In TypeScript for i in range(5) is for (let i = 0; i < 5; i++) { … }.',
    self: 'In TypeScript self is this.',
    np: "NumPy belongs to Python. Here tf computes: import { tf } from 'smile-lab'.",
    plt: "Matplotlib belongs to Python. Here showHistory(history) draws a training: import { showHistory } from 'smile-lab'.",
    keras: "Keras is in tf here, tf.layers and tf.sequential: import { tf } from 'smile-lab'.",
    'input()': typed,
    'prompt()': typed,
    'confirm()': typed,
    'alert()': 'A cell runs in Node, not in a web page: alert(…) is console.log(…).',
    ...Object.fromEntries(['window', 'document', 'localStorage'].map((name) => [name, page])),
    ...Object.fromEntries(['ls', 'pwd'].map((name) => [name, terminal])),
  }),
);

/** What stands in front of the bracket of a call, as a pattern; `for (i = 0` is none. */
const called = String.raw`[\w$\])](?<!\b(?:for|if|while|switch|catch))`;

/**
 * Says what cures a name that nothing declares.
 * @param {string} name
 * @param {{ isGuessed: boolean, published: Set<string>, cell?: string }} known whether the compiler guesses what is meant,
 * what smile-lab exports, and the cell
 * @returns {string}
 */
function explainName(name, { isGuessed, published, cell = '' }) {
  const own = explainOwnName(name, cell);
  if (own) return own;
  const isFollowedBy = (/** @type {string} */ next) =>
    new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')} *${next}`).test(cell);
  const isCalled = isFollowedBy('\\(');
  const other = elsewhere.get(name) ?? (isCalled && elsewhere.get(`${name}()`));
  if (other) return other;
  if (isCalled && Object.hasOwn(Math, name)) {
    return `In TypeScript ${name}(…) is Math.${name}(…).`;
  }
  if (isCalled && layers.test(name)) {
    const ours = name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (head) => head.toLowerCase());
    return `In TypeScript Keras' ${name}(…) is tf.layers.${ours.replace('2D', '2d')}({ … }).`;
  }
  if (types.has(name) && new RegExp(`[:<,|] *${name}\\b`).test(cell)) {
    return `In TypeScript the type ${name} is ${types.get(name)}.`;
  }
  if (/^HTML\w*Element$/.test(name)) return page;
  if (new RegExp(`^\\s*!(?= *(?:${commands})\\b).*\\b${name}\\b`, 'm').test(cell)) return terminal;
  const home = homeOf(name, published, isFollowedBy('\\.'));
  if (home) return `Write ${home}; or run the cell above that does: ${runAbove}.`;
  if (new RegExp(`${called}\\((?:[^;]*,)?\\s*${name} *=(?![=>])`).test(cell)) {
    return 'TypeScript knows no arguments by name: they stand in their places, and options in an object, as in { epochs: 3 }.';
  }
  const above = `a cell above declares ${name}, run that one first: ${runAbove}.`;
  if (isFollowedBy('=(?![=>])')) {
    return `A new variable is declared, by const or let: let ${name} = … If ${above}`;
  }
  /** @type {string | undefined} */
  const near = /** @type {any} */ (ts).getSpellingSuggestion(
    name,
    // A type is no cure for a value: Pictures none for pictures.
    [...published].filter((one) => isCapital(one) === isCapital(name)),
    String,
  );
  if (near) {
    return `If smile-lab's ${near} is meant: import { ${near} } from 'smile-lab'. If ${above}`;
  }
  return isGuessed ? `If not, and ${above}` : `If ${above}`;
}

/** @param {string} name */
function isCapital(name) {
  return /^[A-Z]/.test(name);
}

/**
 * @param {string} name
 * @param {Set<string>} published
 * @param {boolean} isOpened whether something of it is used, as of a module
 * @returns {string | undefined} the import that gives it
 */
function homeOf(name, published, isOpened) {
  if (name === 'display') return "import { display } from 'tslab'";
  if (published.has(name)) return `import { ${name} } from 'smile-lab'`;
  if (isOpened && builtinModules.includes(name)) return `import ${name} from 'node:${name}'`;
  // Not read, open and other words that a learner's own names are.
  if (name in fs && /[a-z][A-Z]/.test(name)) return `import { ${name} } from 'node:fs'`;
  return undefined;
}

module.exports = { commands, explainName, terminal };
