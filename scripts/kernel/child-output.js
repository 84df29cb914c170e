const childProcess = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** @typedef {'stdout' | 'stderr'} Stream */

/** @type {Stream[]} */
const streams = ['stdout', 'stderr'];

/**
 * Shows in the notebook what a child prints that writes where the kernel does (`stdio: 'inherit'`): that is the terminal
 * of the Jupyter server, which the reader of a notebook does not see.
 */
function captureChildOutput() {
  const { prototype } = /** @type {any} */ (childProcess.ChildProcess);
  const { spawn } = prototype;
  /** @this {any} @param {{ stdio?: unknown }} options */
  prototype.spawn = function (options) {
    const { stdio, inherited } = withPipes(options.stdio, () => 'pipe');
    const result = spawn.call(this, { ...options, stdio });
    for (const { at, name } of inherited) {
      this.stdio?.[at]?.on('data', (/** @type {Buffer} */ chunk) => process[name].write(chunk));
      // As for every child that has no pipe of its own.
      if (this.stdio) this.stdio[at] = null;
      if (at <= 2) this[streams[at - 1] ?? ''] = null;
    }
    return result;
  };

  const module = /** @type {Record<string, any>} */ (/** @type {unknown} */ (childProcess));
  for (const method of ['spawnSync', 'execSync', 'execFileSync']) {
    const original = module[method];
    module[method] = (/** @type {unknown[]} */ ...given) => withFiles(original, given);
  }
}

/**
 * Runs a child to its end. Files take what it prints: pipes would hold it up, or end it, when it prints much.
 * @param {Function} run
 * @param {unknown[]} given
 */
function withFiles(run, given) {
  const at = given.findIndex(
    (one, index) => index > 0 && typeof one === 'object' && one && !Array.isArray(one),
  );
  const options = /** @type {{ stdio?: unknown }} */ (given[at] ?? {});
  if (withPipes(options.stdio, () => 'pipe').inherited.length === 0) return run(...given);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'smile-child-'));
  /** @type {Array<[Stream, number]>} */
  const files = [];
  try {
    const { stdio } = withPipes(options.stdio, (name) => {
      const file = fs.openSync(path.join(folder, name), 'w+');
      files.push([name, file]);
      return file;
    });
    return run(...given.map((one, index) => (index === at ? { ...options, stdio } : one)));
  } finally {
    for (const [name, file] of files) {
      process[name].write(fs.readFileSync(path.join(folder, name)));
      fs.closeSync(file);
    }
    fs.rmSync(folder, { recursive: true });
  }
}

/**
 * @param {unknown} stdio as Node takes it
 * @param {(name: Stream) => unknown} replace gives what a child writes to in place of the kernel's stream
 * @returns {{ stdio: unknown, inherited: Array<{ at: number, name: Stream }> }} and where in it the kernel's streams stood
 */
function withPipes(stdio, replace) {
  const each = stdio === 'inherit' ? [0, 1, 2] : stdio;
  if (!Array.isArray(each)) return { stdio, inherited: [] };
  /** @type {Array<{ at: number, name: Stream }>} */
  const inherited = [];
  const replaced = each.map((one, at) => {
    const own = one === 'inherit' ? at : [null, process.stdout, process.stderr].indexOf(one);
    const name = streams[(own > 0 ? own : one) - 1];
    if (!name) return one;
    inherited.push({ at, name });
    return replace(name);
  });
  return { stdio: replaced, inherited };
}

module.exports = { captureChildOutput };
