const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { text } = require('node:stream/consumers');
const { root } = require('./setup/paths');

/**
 * @typedef {[name: string, args: string[]]} Check what it is called, and what Node is called with
 * @typedef {{name: string, passed: boolean, seconds: number}} Outcome
 */

/**
 * Runs checks one after the other, also after one has failed, and ends with a table and a line of numbers.
 * @param {Array<Check | Check[]>} checks those of an inner list run at once, and each one's output comes when it has ended
 * @returns {Promise<number>} the exit status: 0 if all passed
 */
async function runChecks(checks) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const check of checks) {
    outcomes.push(
      ...(isList(check) ? await Promise.all(check.map(runBeside)) : [await run(check)]),
    );
  }
  console.log('');
  for (const { name, passed, seconds } of outcomes) {
    console.log(`${passed ? '✓' : '✗'} ${name} (${seconds} s)`);
  }
  const failed = outcomes.filter(({ passed }) => !passed).length;
  console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * @param {Check | Check[]} check
 * @returns {check is Check[]}
 */
const isList = (check) => Array.isArray(check[0]);

/** @param {Check} check */
async function run([name, args]) {
  console.log(`\n=== ${name}`);
  const start = Date.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const forget = endTogether(child);
  const [status] = await once(child, 'exit');
  forget();
  return outcome(name, status, start);
}

/** @param {Check} check */
async function runBeside([name, args]) {
  const start = Date.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const forget = endTogether(child);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  forget();
  console.log(`\n=== ${name}\n${stdout}${stderr}`.trimEnd());
  return outcome(name, status, start);
}

/**
 * Ends a check when this process is asked to end; Ctrl-C reaches both by itself.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} to be called once the check has ended
 */
function endTogether(child) {
  /** @type {NodeJS.SignalsListener} */
  const stop = (signal) => {
    child.kill(signal);
    forget();
    process.kill(process.pid, signal);
  };
  const signals = /** @type {const} */ (['SIGTERM', 'SIGHUP']);
  const forget = () => signals.forEach((signal) => process.off(signal, stop));
  for (const signal of signals) process.on(signal, stop);
  return forget;
}

/**
 * @param {string} name
 * @param {number | null} status
 * @param {number} start
 * @returns {Outcome}
 */
function outcome(name, status, start) {
  return { name, passed: status === 0, seconds: Math.round((Date.now() - start) / 1000) };
}

module.exports = { runChecks };
