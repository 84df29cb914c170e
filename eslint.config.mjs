import tseslint from 'typescript-eslint';

// Data flows one way: a room imports only from rooms above it in this list.
const rooms = [
  'tensorflow',
  'images',
  'models',
  'evaluation',
  'saving',
  'display',
  'training',
  'recipes',
  'dashboard',
  'cli',
];
const oneWay = rooms.map((room, place) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': /** @type {['error', object]} */ ([
      'error',
      {
        patterns: rooms.slice(place + 1).map((below) => ({
          group: [`**/${below}/**`],
          message: `src/${room} may not import from src/${below}, which stands below it.`,
        })),
      },
    ]),
  },
}));

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
  ...oneWay,
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
