const fs = require('node:fs');
const path = require('node:path');
const { chooseDevice } = require('./device');
const { findPython } = require('./find-python');
const { root, venv, python, tensorflowFolder } = require('./paths');
const { runCommand } = require('./run-command');
const { Stamp, fingerprint } = require('./stamp');

const stamp = new Stamp(path.join(venv, '.smile-lab-python'));
const locks = path.join(root, 'scripts', 'python');

/** @param {'cpu' | 'gpu'} list */
function wanted(list) {
  // A virtual environment holds its own path: in a moved project it must be made anew.
  return fingerprint(fs.readFileSync(path.join(locks, `${list}.txt`), 'utf8'), root);
}

/** JupyterLab, TensorBoard, TensorFlow's library and Keras, each package with the hash that was tested. */
module.exports = {
  name: 'Python environment',
  isDone: () =>
    fs.existsSync(python) &&
    tensorflowFolder() !== undefined &&
    suitable().some((list) => stamp.holds(wanted(list))),
  check: findPython,
  async run() {
    const [list] = suitable();
    const env = cleanEnvironment();
    stamp.remove();
    // A link leads to somebody else's environment, which is not ours to clear.
    if (fs.lstatSync(venv, { throwIfNoEntry: false })?.isSymbolicLink()) fs.unlinkSync(venv);
    // Always from the start, since uv stumbles over a package that it was killed in; downloads are in its cache.
    const make = ['-m', 'venv', '--clear', '--without-pip', venv];
    await runCommand(findPython().command, make, { env });
    // By itself, for the module venv would keep to itself what went wrong here.
    await runCommand(python, ['-m', 'ensurepip', '--upgrade', '--default-pip'], { env });
    await install(path.join(locks, `${list}.txt`));
    stamp.write(wanted(list));
  },
  cleanEnvironment,
  install,
};

/**
 * The lists of packages that the device can work with, the first one to be installed where none is. TensorFlow for an
 * NVIDIA GPU works on the CPU too, with the GPU hidden; gigabytes need not be exchanged for a run there.
 * @returns {['cpu' | 'gpu', ...Array<'gpu'>]}
 */
function suitable() {
  return chooseDevice().device === 'gpu' ? ['gpu'] : ['cpu', 'gpu'];
}

/**
 * uv installs in a quarter of pip's time, but knows nothing of pip's own settings (a company's package index), so
 * pip has the second try.
 * @param {string} lock
 * @param {string[]} [options] that both know
 */
async function install(lock, options = []) {
  const env = cleanEnvironment();
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--require-hashes'];
  await runCommand(python, [...pip, '-r', path.join(locks, 'uv.txt')], { env });
  const wanted = ['-r', lock, ...options];
  try {
    const uv = ['-m', 'uv', 'pip', 'install', '--python', python, '--require-hashes'];
    await runCommand(python, [...uv, ...wanted], { env });
  } catch (error) {
    const { kind } = /** @type {import('./set-up-error').SetUpError} */ (error);
    if (kind !== 'network' && kind !== undefined) throw error;
    await runCommand(python, [...pip, ...wanted], { env });
  }
}

/** The environment without the variables that would send Python to other packages than ours. */
function cleanEnvironment() {
  const env = { ...process.env };
  for (const name of ['PYTHONPATH', 'PYTHONHOME', 'VIRTUAL_ENV']) delete env[name];
  return env;
}
