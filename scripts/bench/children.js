const { spawn } = require('node:child_process');
const path = require('node:path');
const readline = require('node:readline');
const { root } = require('../setup/paths');

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
// Before the folders are removed in which they write.
process.prependListener('exit', () => children.forEach((child) => child.kill('SIGKILL')));
// This ends a process without its exit handlers.
process.once('SIGTERM', () => process.exit(143));

/**
 * Starts a program that answers with lines, each a JSON object; what else it prints does not count.
 * @param {string} command
 * @param {string[]} args the first one its script
 * @param {{ env?: NodeJS.ProcessEnv }} options
 */
function start(command, args, { env }) {
  const begin = performance.now();
  const child = spawn(command, args, { env, cwd: root, stdio: 'pipe' });
  children.add(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.on('error', (error) => (stderr += error.message));
  child.stdin.on('error', () => {}); // It has ended, and the missing answer tells that.
  const failure = (/** @type {string} */ problem) =>
    new Error(`Cannot run ${path.basename(args[0] ?? command)}: ${problem}`);
  /** @type {Promise<{ seconds: number, error?: Error }>} */
  const closed = new Promise((resolve) => {
    child.on('close', (status, signal) => {
      children.delete(child);
      const seconds = (performance.now() - begin) / 1000;
      const reason = stderr.trim().split('\n').slice(-5).join('\n');
      if (status === 0) resolve({ seconds });
      else resolve({ seconds, error: failure(`it ended with ${signal ?? status}: ${reason}`) });
    });
  });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {object} [task] for a program that reads some, a line each @returns {Promise<any>} its next answer */
    async ask(task) {
      if (task) child.stdin.write(`${JSON.stringify(task)}\n`);
      for (let next = await lines.next(); !next.done; next = await lines.next()) {
        if (next.value.startsWith('{')) return JSON.parse(next.value);
      }
      throw (await closed).error ?? failure('an answer is required, got none');
    },
    /** Lets it end, and waits for that: only then its time counts as this process's own. */
    end() {
      child.stdin.end();
      return closed;
    },
  };
}

/**
 * Runs a program that prints one answer.
 * @type {(...call: Parameters<typeof start>) => Promise<{ answer: any, seconds: number }>} seconds: from its start to its
 *   end; throws with what it wrote to standard error, when it fails
 */
async function runProgram(...call) {
  const program = start(...call);
  const ended = program.end();
  const answer = await program.ask();
  const { seconds, error } = await ended;
  if (error) throw error;
  return { answer, seconds };
}

module.exports = { runProgram, start };
