const { spawnSync } = require('node:child_process');
const { root } = require('./setup/paths');

/**
 * Runs checks one after the other, also after one has failed, and ends with a table and a line of numbers.
 * @param {Array<[name: string, args: string[]]>} checks what Node is called with
 * @returns {number} the exit status: 0 if all passed
 */
function runChecks(checks) {
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
}

module.exports = { runChecks };
