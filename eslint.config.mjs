import path from 'node:path';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

// Data flows one way: a file imports only from its own folder and from folders above it in this list.
const folders = [
  'errors',
  'files',
  'tensorflow/native',
  'tensorflow/webgpu',
  'tensorflow/kernels',
  'tensorflow/objective',
  'tensorflow/graph',
  'tensorflow/decoding',
  'tensorflow',
  'images/augmenting',
  'images/formats',
  'images/decoding',
  'images/datasets',
  'collections',
  'collections/checking',
  'collections/splitting',
  'models/layers',
  'models',
  'evaluation',
  'evaluation/inspecting',
  'saving/keras/values',
  'saving/keras/kinds',
  'saving/keras',
  'saving',
  'models/pretrained',
  'faces',
  'phones',
  'display/svg',
  'display/text',
  'display/pictures',
  'display/network',
  'display/model',
  'display/charts',
  'display/plots',
  'training/fit',
  'training/callbacks',
  'training/checkpoints',
  'training/progress',
  'training',
  'runs/tensorBoard',
  'runs/log',
  'recipes',
  'recipes/exercises',
  'monitoring',
  'registry',
  'camera/pixels',
  'camera/page',
  'camera',
  'serving',
  'dashboard',
  'cli',
  '',
];

/** A number, text or pattern that stands at the top of a file is written in one way. */
const constant = {
  selector:
    ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="const"] > VariableDeclarator[init.type=/^(Literal|UnaryExpression|TemplateLiteral)$/][id.name=/[a-z]/]',
  message: 'A constant at the top of a file is written in capitals, as MOST_RUNS.',
};

/** @type {import('eslint').Rule.RuleModule} */
const oneWay = {
  create(context) {
    const src = path.join(context.cwd, 'src');
    const folder = path.relative(src, path.dirname(context.filename));
    const index = folders.indexOf(folder);
    const check = (/** @type {any} */ node) => {
      const source = node.source?.value;
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const from = path.relative(src, path.dirname(path.resolve(src, folder, source)));
      if (folders.indexOf(from) > index) {
        const message = `src/${folder} may not import from src/${from}, which stands below it.`;
        context.report({ node, message });
      }
    };
    return {
      Program(node) {
        if (index < 0) {
          const message = `src/${folder} is no room yet: give it its place in eslint.config.mjs.`;
          context.report({ node, message });
        }
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** What follows a tag of a doc comment begins in lower case and ends without a full stop. */
const tag = {
  match: '^$|^(?!(?:What|When|The|An?|How|Where|Whether)\\b)[\\s\\S]*[^.]\\s*$',
  message: 'It must begin in lower case and end without a full stop.',
};

export default tseslint.config(
  { ignores: ['node_modules/', '.venv/', 'dist/', 'models/', 'logs/', 'executed/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
    },
  },
  {
    // Library functions return values; notebooks, scripts and the terminal print them.
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { rooms: { rules: { 'one-way': oneWay } } },
    rules: { 'rooms/one-way': 'error', 'no-restricted-syntax': ['error', constant] },
  },
  {
    // Other rooms ask functions of src/tensorflow, not the binding.
    files: ['src/**/*.ts'],
    // The camera page has a tfjs of its own, for browsers.
    ignores: ['src/tensorflow/**', 'src/camera/page/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['**/native/nativeBackend', '**/native/tensorId', '@tensorflow/*'] },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Identifier[name=/^(binding|nativeLibrary|executeOp)$/]',
          message: 'Only src/tensorflow knows the native binding.',
        },
        constant,
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.js'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/match-description': [
        'error',
        {
          contexts: ['any'],
          mainDescription: false,
          tags: { param: tag, returns: tag, throws: tag },
        },
      ],
      'jsdoc/check-alignment': 'error',
      'jsdoc/check-tag-names': 'error',
      'jsdoc/empty-tags': 'error',
      'jsdoc/no-bad-blocks': 'error',
      'jsdoc/require-asterisk-prefix': 'error',
    },
  },
  {
    // What another file uses says what it is for.
    files: ['src/**/*.ts'],
    ignores: ['**/*.d.ts'],
    rules: {
      'jsdoc/no-types': 'error',
      'jsdoc/require-jsdoc': [
        'error',
        { publicOnly: true, require: { ClassDeclaration: true, FunctionDeclaration: true } },
      ],
      'jsdoc/require-param-description': 'error',
      'jsdoc/require-returns-description': 'error',
      'jsdoc/sort-tags': [
        'error',
        {
          reportTagGroupSpacing: false,
          tagSequence: ['param', 'returns', 'throws', 'example'].map((name) => ({ tags: [name] })),
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.name="it"], MemberExpression[object.name="it"]',
          message: 'A test is written test(…), also within describe.',
        },
      ],
    },
  },
  {
    // These run before anything is compiled or installed.
    files: ['**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // An old Node reads a whole file before its first line, check-node, can tell that it is too old.
    files: ['scripts/*.js', 'scripts/setup/check-node.js'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'ChainExpression',
          'LogicalExpression[operator="??"]',
          'AssignmentExpression[operator=/^(\\?\\?|\\|\\||&&)=$/]',
        ].map((selector) => ({ selector, message: 'Node 12 must be able to read this file.' })),
      ],
    },
  },
);
