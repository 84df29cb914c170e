const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { root, setupLog } = require('./paths');
const { SetUpError } = require('./set-up-error');

/**
 * What goes wrong on learners' machines, by what the tools print when it does.
 * @type {Array<{ pattern: RegExp, cause: string, cure: string }>}
 */
const knownCauses = [
  {
    pattern: /ENOSPC|No space left on device|os error 28|EDQUOT|Disk quota exceeded/i,
    cause: 'The disk is full',
    cure: 'Free some space (Smile Lab needs about 3 GB, with a GPU 8 GB) and run the command again; it goes on where it stopped.',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|dns error|error sending request|Connection refused|connect error|NewConnectionError|Name or service not known|Temporary failure in name resolution|Failed to fetch|Could not fetch|tcp connect|ENOTCACHED|No matching distribution found for uv/i,
    cause: 'The package registry cannot be reached',
    cure: 'Check the network (and proxy settings: HTTPS_PROXY) and run the command again; what is already there is kept. For a classroom without network see environment.md.',
  },
  {
    pattern: /EACCES|EPERM|Permission denied|os error 13|EROFS|Read-only file system/i,
    cause: 'A file or folder cannot be written',
    cure: 'Clone Smile Lab into a folder that belongs to you, and do not mix runs with and without sudo.',
  },
  {
    pattern: /HASHES? (DO NOT|MISMATCH)|EINTEGRITY|Hash mismatch/i,
    cause: 'A downloaded package is not the one that Smile Lab was tested with',
    cure: 'A proxy or a broken download changed it. Clear the package caches (`npm cache clean --force`, `rm -rf ~/.cache/uv`) and run the command again.',
  },
  {
    pattern:
      /JavaScript heap out of memory|cc1plus.*Killed|Killed signal|Cannot allocate memory|ENOMEM/i,
    cause: 'There is not enough memory',
    cure: 'Close other programs (the set-up needs 2 GB) and run the command again.',
  },
];

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
    child.on('error', (error) => reject(explain(command, `${error.message}\n${printed}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(printed);
      else reject(explain(command, `${printed}\n${signal ? `Killed signal ${signal}` : ''}`));
    });
  });
}

/**
 * @param {string} command
 * @param {string} printed
 */
function explain(command, printed) {
  const known = knownCauses.find(({ pattern }) => pattern.test(printed));
  if (known) return new SetUpError(known.cause, known.cure);
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  const telling =
    lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return new SetUpError(
    `${path.basename(command)} failed: ${telling.trim().slice(0, 300)}`,
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
