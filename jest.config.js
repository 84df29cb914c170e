// A jest worker gets a copy of the environment, which native code does not see, so it is set before they start.
process.env.TF_CPP_MIN_LOG_LEVEL = '3';

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: '<rootDir>/test/support/native-environment.js',
  transform: { '^.+\\.ts$': 'ts-jest' },
  testTimeout: 60_000,
};
