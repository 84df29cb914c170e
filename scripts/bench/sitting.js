const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
/** @type {Set<string>} */
const folders = new Set();

/** A new folder among the system's temporary files, removed when this process ends. */
function temporaryFolder() {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'smile-lab-bench-'));
  folders.add(folder);
  return folder;
}

/**
 * Runs a program that prints lines, each a JSON object; the last one is its answer.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, onEvent?: (event: any) => void }} [options] onEvent: is handed each
 *   line
 * @returns {Promise<{ answer: any, seconds: number }>} seconds: from its start to its end
 * @throws {Error} with what it wrote to standard error, when it fails
 */
async function runProgram(command, args, { env, cwd, onEvent } = {}) {
  const start = performance.now();
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const closed = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, end: performance.now() }));
  });
  let answer;
  closed.catch(() => {}); // Awaited below, after the lines.
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    answer = JSON.parse(line);
    onEvent?.(answer);
  }
  const { status, signal, end } = await closed;
  children.delete(child);
  const name = path.basename(args[0] ?? command);
  if (status !== 0) {
    const reason = stderr.trim().split('\n').slice(-5).join('\n');
    throw new Error(`Cannot run ${name}: it ended with ${signal ?? status}: ${reason}`);
  }
  if (answer === undefined) throw new Error(`Cannot run ${name}: an answer is required, got none`);
  return { answer, seconds: (end - start) / 1000 };
}

/**
 * Starts a program that answers each line of its input with a line, both JSON objects.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} options
 */
function startServer(command, args, options) {
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  children.add(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.on('error', (error) => (stderr += error.message));
  child.stdin.on('error', () => {}); // It has ended, and the missing answer tells that.
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {object} question @returns {Promise<any>} */
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      for (let next = await lines.next(); !next.done; next = await lines.next()) {
        if (next.value.startsWith('{')) return JSON.parse(next.value);
      }
      const reason = stderr.trim().split('\n').slice(-5).join('\n');
      throw new Error(`Cannot run ${path.basename(args[0] ?? command)}: it ended: ${reason}`);
    },
    /** Lets it end, and waits for that: only then its time counts as this process's own. */
    async end() {
      const closed = new Promise((resolve) => child.once('close', resolve));
      const isOver = child.exitCode !== null || child.signalCode !== null;
      child.stdin.end();
      if (!isOver) await closed;
      children.delete(child);
    },
  };
}

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});
// These end a process without its exit handlers.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

module.exports = { runProgram, startServer, temporaryFolder };
