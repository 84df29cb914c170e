import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/setup/paths';
import { scripts } from '../../../package.json';

const SET_UP = path.join(root, 'scripts/setup/set-up.js');

/** Loads a command as on a fresh clone: without packages, and with a set-up that is not begun. */
const WITHOUT_PACKAGES = `
const { Module } = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => {
  const found = resolve(name, ...rest);
  if (found.includes('/node_modules/') || found.startsWith(${JSON.stringify(path.join(root, 'dist'))})) {
    throw new Error('needs ' + name + ' before it is set up');
  }
  return found;
};
require(${JSON.stringify(SET_UP)});
require.cache[${JSON.stringify(SET_UP)}].exports = { afterSetUp() { process.exit(0); }, steps: [] };
require(process.argv[1]);
`;

const commands = Object.values(scripts).map((line) => line.replace('node ', ''));
const ready = commands.filter((script) =>
  readFileSync(path.join(root, script), 'utf8').includes('\nafterSetUp('),
);

test('nearly all commands set up what is missing', () => {
  expect(ready.length).toBeGreaterThan(15);
});

test.each(ready)('%s can be loaded before the packages are there', (script) => {
  const file = path.join(root, script);
  execFileSync(process.execPath, ['-e', WITHOUT_PACKAGES, file], { stdio: 'pipe' });
});
