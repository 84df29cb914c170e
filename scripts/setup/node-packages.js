const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { root, nodeModules } = require('./paths');
const { explain, runCommand } = require('./run-command');
const { SetUpError } = require('./set-up-error');
const { Stamp, fingerprint } = require('./stamp');

const stamp = new Stamp(path.join(nodeModules, '.smile-lab-packages'));

function wanted() {
  return fingerprint(
    fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
    process.platform,
    process.arch,
  );
}

/** The npm packages of the lockfile. Their install scripts stay off: one would download a TensorFlow of 2022. */
module.exports = {
  name: 'npm packages',
  isDone: () => stamp.holds(wanted()),
  check: findNpm,
  async run() {
    stamp.remove();
    await runNpm(['ci', '--include=dev']);
    stamp.write(wanted());
  },
  runNpm,
};

/**
 * Lets npm install packages; install scripts stay off.
 * @param {string[]} args
 * @throws {SetUpError} when it fails
 */
async function runNpm(args) {
  const [command, ...first] = findNpm();
  // Without a network npm tries every package for itself, for minutes; from its cache alone it knows at once.
  const offline = (await registryAnswers(command, first)) ? [] : ['--offline'];
  const options = ['--ignore-scripts', '--loglevel=warn', ...offline];
  const printed = await runCommand(command, [...first, ...args, ...options]);
  // On a full disk npm only warns of the files that it could not write, and calls itself successful.
  if (/TAR_ENTRY_ERROR (?!ENOENT)/.test(printed)) throw explain('npm', printed);
}

/**
 * The npm that runs this command, or else the one on the PATH.
 * @returns {[command: string, ...args: string[]]}
 */
function findNpm() {
  const running = process.env['npm_execpath'];
  if (running?.endsWith('npm-cli.js')) return [process.execPath, running];
  if (spawnSync('npm', ['--version']).status === 0) return ['npm'];
  throw new SetUpError(
    `Node ${process.versions.node} is here, but its npm is missing`,
    'Install Node with npm (https://nodejs.org, or `sudo apt install npm`) and run the command again.',
  );
}

/**
 * @param {string} npm
 * @param {string[]} args
 */
async function registryAnswers(npm, args) {
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=20000'];
  try {
    await runCommand(npm, [...args, 'ping', ...patience]);
    return true;
  } catch (error) {
    // Some companies' registries answer a ping with an error, and are there all the same.
    return /** @type {SetUpError} */ (error).kind !== 'network';
  }
}
