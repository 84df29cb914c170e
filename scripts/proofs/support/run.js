const { spawn } = require('node:child_process');

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, path?: string[], onText?: (text: string) => void }} RunOptions
 *   env: what differs from ours; path: the only folders where programs are looked for
 * @typedef {{ status: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string,
 *   seconds: number }} Ended
 */

/**
 * Starts a program in a process group of its own, as a terminal does.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {{ pid: number, ended: Promise<Ended>, kill: () => void }} kill: the whole group, as SIGKILL does
 */
function start(command, args, { cwd, env, path, onText } = {}) {
  const begin = Date.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...terminal(), ...(path ? { PATH: path.join(':') } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name].setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      printed[name] += text;
      onText?.(text);
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) =>
      resolve({ status, signal, ...printed, seconds: (Date.now() - begin) / 1000 }),
    );
  });
  const pid = /** @type {number} */ (child.pid);
  return { pid, ended, kill: () => process.kill(-pid, 'SIGKILL') };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
function run(command, args, options) {
  return start(command, args, options).ended;
}

/** What a person's terminal has: npm adds variables of its own, which would reach the npm that a proof starts. */
function terminal() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}

module.exports = { run, start };
