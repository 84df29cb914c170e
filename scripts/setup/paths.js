const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
const venv = path.join(root, '.venv');
const nodeModules = path.join(root, 'node_modules');
const tfjs = path.join(nodeModules, '@tensorflow', 'tfjs-node-gpu');

/**
 * The folder of the installed TensorFlow wheel, with its libraries and headers.
 * @returns {string | undefined} undefined where none is installed
 */
function tensorflowFolder() {
  const lib = path.join(venv, 'lib');
  const pythons = fs.existsSync(lib) ? fs.readdirSync(lib) : [];
  return pythons
    .map((python) => path.join(lib, python, 'site-packages', 'tensorflow'))
    .find((folder) => fs.existsSync(path.join(folder, 'libtensorflow_cc.so.2')));
}

module.exports = {
  root,
  venv,
  nodeModules,
  tfjs,
  addon: path.join(tfjs, 'lib', 'napi-v8', 'tfjs_binding.node'),
  dist: path.join(root, 'dist'),
  kernelspec: path.join(venv, 'share', 'jupyter', 'kernels', 'smile-lab', 'kernel.json'),
  python: path.join(venv, 'bin', 'python'),
  weights: path.join(venv, 'share', 'smile-lab', 'weights'),
  processes: path.join(root, 'scripts', 'processes'),
  setupLog: path.join(root, 'logs', 'set-up.log'),
  tensorflowFolder,
};
