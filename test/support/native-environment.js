const { chmodSync, mkdtempSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/**
 * jest compiles every module anew for every test file; what V8 has made of a package is kept for the next ones, where it
 * cannot change meanwhile: 0.12 s less for each file that loads tfjs.
 */
const { compileFunction } = vm;
/** @type {Map<string, Buffer | undefined>} */
const compiledPackages = new Map();
vm.compileFunction = (code, params, options = {}) => {
  const { filename = '' } = options;
  if (!filename.includes('/node_modules/')) return compileFunction(code, params, options);
  const cachedData = compiledPackages.get(filename);
  const compiled = compileFunction(code, params, {
    ...options,
    ...(cachedData ? { cachedData } : { produceCachedData: true }),
  });
  if (!cachedData) compiledPackages.set(filename, compiled.cachedData);
  return compiled;
};

/**
 * jest gives every test file a JavaScript realm of its own, and TensorFlow's addon knows only the typed arrays of
 * the first one: a tensor made in a test would be refused. The test files share them instead.
 *
 * Each test file has a folder of its own for temporary files, and so have the processes that it starts: whatever is left
 * there, also by a process that was killed, goes when the file has ended.
 */
class NativeEnvironment extends TestEnvironment {
  /** @override @param {ConstructorParameters<typeof TestEnvironment>} args */
  constructor(...args) {
    const before = process.env.TMPDIR;
    const folder = mkdtempSync(path.join(tmpdir(), 'smile-lab-test-'));
    // As /tmp: some tests start a process of another user.
    chmodSync(folder, 0o1777);
    // The test file gets a copy of the environment now.
    process.env.TMPDIR = folder;
    super(...args);
    this.folder = folder;
    this.before = before;
  }

  /** @override */
  async setup() {
    await super.setup();
    for (const type of [Float32Array, Int32Array, Uint8Array, Uint8ClampedArray]) {
      this.global[type.name] = type;
    }
  }

  /** @override */
  async teardown() {
    await super.teardown();
    if (this.before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = this.before;
    // A process that ends at this moment may still write.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

module.exports = NativeEnvironment;
