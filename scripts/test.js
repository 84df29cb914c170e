require('./setup/check-node');
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { nodeModules, root } = require('./setup/paths');
const { afterSetUp } = require('./setup/set-up');

/** @param {string[]} parts */
const tool = (...parts) => path.join(nodeModules, ...parts);

/** @type {Array<[name: string, args: string[]]>} */
const checks = [
  ['types', [tool('typescript', 'bin', 'tsc')]],
  ['lint', [tool('eslint', 'bin', 'eslint.js'), '.']],
  ['format', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['notebook cells and outputs', [path.join('scripts', 'notebooks', 'check-notebooks.js')]],
  ['unit tests', [tool('jest', 'bin', 'jest.js')]],
  ['lessons in the real kernel', [path.join('scripts', 'notebooks', 'run-lessons.js')]],
];

/** `npm test`: every check, also after one has failed; exit status 0 only if all passed. */
afterSetUp(async () => {
  const outcomes = checks.map(([name, args]) => {
    console.log(`\n=== ${name}`);
    const start = Date.now();
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    return { name, passed: status === 0, seconds: Math.round((Date.now() - start) / 1000) };
  });
  console.log('');
  for (const { name, passed, seconds } of outcomes) {
    console.log(`${passed ? '✓' : '✗'} ${name} (${seconds} s)`);
  }
  const failed = outcomes.filter(({ passed }) => !passed).length;
  console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
