#!/usr/bin/env node
require('./setup/check-node');

const [command, ...args] = process.argv.slice(2);
if (command === 'doctor') {
  // Not part of the compiled library: it must answer just when that library is missing.
  require('./doctor').main(args);
} else {
  const path = require('node:path');
  const { dist } = require('./setup/paths');
  const { afterSetUp } = require('./setup/set-up');
  const isHelp =
    command === undefined ||
    ['help', '--version'].includes(command) ||
    [command, ...args].some((arg) => arg === '--help' || arg === '-h');
  const work = () =>
    command === 'get' && !isHelp
      ? require('./get').main(args)
      : require(path.join(dist, 'cli', 'main.js')).main(process.argv.slice(2));
  afterSetUp(work, { isHelp });
}
