require('./setup/check-node');
const path = require('node:path');
const { runChecks } = require('./run-checks');
const { nodeModules } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** @param {string[]} parts */
const tool = (...parts) => path.join(nodeModules, ...parts);

/** `npm test`: every check; exit status 0 only if all passed. */
afterSetUp(async () =>
  runChecks([
    [
      ['types', [tool('typescript', 'bin', 'tsc')]],
      [
        "types of the dashboard's page",
        [tool('typescript', 'bin', 'tsc'), '-p', 'src/dashboard/page'],
      ],
      ['types of the camera page', [tool('typescript', 'bin', 'tsc'), '-p', 'src/camera/page']],
      ['lint', [tool('eslint', 'bin', 'eslint.js'), '.']],
      ['format', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
      ['notebook cells and outputs', ['scripts/notebooks/check-notebooks.js']],
      // A page waits now and then; nothing else here executes a notebook, or looks at what one leaves.
      ['JupyterLab in a real browser', ['test/browser/run.js']],
    ],
    ['unit tests', [tool('jest', 'bin', 'jest.js')]],
    ['lessons in the real kernel', ['scripts/notebooks/run-lessons.js']],
  ]),
);
