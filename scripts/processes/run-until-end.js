const { spawn } = require('node:child_process');

/**
 * Runs a program in this terminal until it ends. A stop that reaches this process alone is passed on, so that the program
 * is never left behind; Ctrl-C and a closed window reach it by themselves, and it may ask before it ends.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the program's exit status; 1 where a signal has ended it
 */
function runUntilEnd(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: 'inherit' });
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill('SIGTERM'));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

module.exports = { runUntilEnd };
