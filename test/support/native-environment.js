const { TestEnvironment } = require('jest-environment-node');

/**
 * jest gives every test file a JavaScript realm of its own, and TensorFlow's addon knows only the typed arrays of
 * the first one: a tensor made in a test would be refused. The test files share them instead.
 */
class NativeEnvironment extends TestEnvironment {
  /** @override */
  async setup() {
    await super.setup();
    for (const type of [Float32Array, Int32Array, Uint8Array, Uint8ClampedArray]) {
      this.global[type.name] = type;
    }
  }
}

module.exports = NativeEnvironment;
