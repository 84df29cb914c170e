const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { killWhole } = require('../processes/kill-whole');
const { root, setupLog } = require('./paths');
const { SetUpError } = require('./set-up-error');

/**
 * What goes wrong on learners' machines, by what the tools print when it does.
 * @type {Array<{ kind: string, pattern: RegExp, cause: string, cure: string }>}
 */
const knownCauses = [
  {
    kind: 'disk',
    pattern: /ENOSPC|[Nn]o space left on device|EDQUOT|Disk quota exceeded|EFBIG|File too large/,
    cause: 'The disk is full',
    cure: 'Free some space (Smile Lab needs about 3 GB, with a GPU 8 GB) and run the command again.',
  },
  {
    kind: 'changed',
    pattern: /EINTEGRITY|DO NOT MATCH THE HASHES|Hash mismatch/,
    cause: 'A downloaded package is not the one that Smile Lab was tested with',
    cure: 'A proxy or a broken download changed it. Clear the package caches (`npm cache clean --force`, `rm -rf ~/.cache/uv ~/.cache/pip`) and run the command again.',
  },
  {
    kind: 'system',
    pattern: /no wheels with a matching platform|No matching distribution found for tensorflow/,
    cause: `TensorFlow is not published for this kind of Linux (${process.arch})`,
    cure: 'Use a 64-bit Linux on an Intel or AMD processor with glibc 2.28 or newer, such as Ubuntu, Debian or Fedora of the last years (not Alpine).',
  },
  {
    kind: 'network',
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|error sending request|Failed to fetch|NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|network timeout/,
    cause: 'The package registry cannot be reached',
    cure: 'Check the network (and behind a proxy HTTPS_PROXY), then run the command again; what was downloaded is kept. For a classroom without network see environment.md.',
  },
  {
    kind: 'memory',
    pattern:
      /JavaScript heap out of memory|Killed signal|[Oo]ut of memory|Cannot allocate memory|MemoryError/,
    cause: 'There is not enough memory',
    cure: 'Close other programs (the set-up needs 2 GB) and run the command again.',
  },
  {
    kind: 'permission',
    pattern: /EACCES|EPERM|[Pp]ermission denied|EROFS|Read-only file system/,
    cause: 'A file or folder cannot be written',
    cure: 'Clone Smile Lab into a folder that belongs to you, and do not mix runs with and without sudo.',
  },
];

/** @type {NodeJS.Signals[]} */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs one tool of the set-up, keeps all that it prints in `logs/set-up.log`, and waits for its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} what it printed
 * @throws {SetUpError} when it fails: the known cause, or its last words
 */
function runCommand(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    let printed = '';
    log(`$ ${[command, ...args].join(' ')}\n`);
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        printed += text;
        log(text);
      });
    }
    // Who stops the set-up stops its tool, and at once: npm would clear up for ten seconds, under the next run's feet.
    /** @type {NodeJS.SignalsListener} */
    const stop = (signal) => {
      if (child.pid !== undefined) killWhole(child.pid);
      process.kill(process.pid, signal);
    };
    for (const signal of stopSignals) process.once(signal, stop);
    child.on('error', (error) => reject(explain(command, `${error.message}\n${printed}`)));
    child.on('close', (code, signal) => {
      for (const name of stopSignals) process.off(name, stop);
      if (code === 0) resolve(printed);
      else reject(explain(command, signal ? `${printed}\nKilled signal ${signal}` : printed));
    });
  });
}

/**
 * @param {string} command
 * @param {string} printed
 */
function explain(command, printed) {
  const known = knownCauses.find(({ pattern }) => pattern.test(printed));
  if (known) return new SetUpError(known.cause, known.cure, known.kind);
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  const telling =
    lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return new SetUpError(
    `${path.basename(command)} failed: ${telling.trim().slice(0, 300).replace(/\.$/, '')}`,
    `All that it printed is in ${path.relative(root, setupLog)}; environment.md has a table of symptoms and cures.`,
  );
}

/** @param {string} text */
function log(text) {
  try {
    fs.mkdirSync(path.dirname(setupLog), { recursive: true });
    fs.appendFileSync(setupLog, text);
  } catch {
    // A log that cannot be written (a full disk) must not hide the real failure.
  }
}

module.exports = { runCommand, explain };
