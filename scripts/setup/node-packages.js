const fs = require('node:fs');
const path = require('node:path');
const { root, nodeModules } = require('./paths');
const { runCommand } = require('./run-command');
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
  async run() {
    const npm = process.env['npm_execpath'];
    const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
    if (npm && npm.endsWith('.js')) await runCommand(process.execPath, [npm, ...args]);
    else await runCommand('npm', args);
    stamp.write(wanted());
  },
};
