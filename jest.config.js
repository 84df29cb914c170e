// A jest worker gets a copy of the environment, which native code does not see, so it is set before they start.
process.env.TF_CPP_MIN_LOG_LEVEL = '3';
process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
// The workers share the cores: threads of TensorFlow beside them only wait for each other.
process.env.TF_NUM_INTRAOP_THREADS ??= '1';

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: '<rootDir>/test/support/native-environment.js',
  transform: { '^.+\\.ts$': '<rootDir>/test/support/transform.js' },
  globalSetup: '<rootDir>/test/support/startKeras.js',
  globalTeardown: '<rootDir>/test/support/endKeras.js',
  // The sandbox is asked for a global each time that a module names one, a thousandth of a millisecond: these are handed to
  // each module instead, but for those that a package declares anew (Buffer).
  sandboxInjectedGlobals: (
    'Array ArrayBuffer Boolean Error Infinity JSON Map Math Number Object Promise RegExp Set String Symbol ' +
    'WeakMap WeakSet isNaN parseFloat parseInt Float32Array Int32Array Uint8Array Uint8ClampedArray'
  ).split(' '),
  // No test demands a speed: on a slow or busy machine a single one has taken minutes.
  testTimeout: 300_000,
  // jest's own choice is one process fewer than cores, so that on two one would rest; on two cores a third gains nothing.
  maxWorkers: 2,
};
