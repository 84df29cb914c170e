const { execFile } = require('node:child_process');
const path = require('node:path');
const { promisify } = require('node:util');
const { root } = require('../setup/paths');

const ending = new AbortController();
// Before the folders are removed in which they write.
process.prependListener('exit', () => ending.abort());
// This ends a process without its exit handlers.
process.once('SIGTERM', () => process.exit(143));

/**
 * Runs a program that prints one line that is a JSON object; what else it prints does not count.
 * @param {string} command
 * @param {string[]} args the first one its script
 * @param {{ env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ answer: any, seconds: number }>} seconds: from its start to its end
 * @throws {Error} with the last that it wrote to standard error, when it fails
 */
async function runProgram(command, args, { env }) {
  const begin = performance.now();
  const cannot = `Cannot run ${path.basename(args[0] ?? command)}`;
  const how = { cwd: root, env, maxBuffer: Infinity, signal: ending.signal };
  const running = promisify(execFile)(command, args, how);
  const { stdout } = await running.catch(({ code, signal, message, stderr }) => {
    const lines = (stderr || message).trim().split('\n');
    throw new Error(`${cannot}: it ended with ${signal ?? code}: ${lines.slice(-5).join('\n')}`);
  });
  const seconds = (performance.now() - begin) / 1000;
  const line = stdout.split('\n').find((text) => text.startsWith('{'));
  if (!line) throw new Error(`${cannot}: an answer is required, got none`);
  return { answer: JSON.parse(line), seconds };
}

module.exports = { runProgram };
