const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { addon, nodeModules, tensorflowFolder, tfjs } = require('./paths');
const { runCommand } = require('./run-command');
const { SetUpError } = require('./set-up-error');
const { Stamp, fingerprint } = require('./stamp');

const stamp = new Stamp(path.join(path.dirname(addon), '.smile-lab-addon'));
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'];

/** @param {string} tensorflow */
function wanted(tensorflow) {
  const library = fs.statSync(path.join(tensorflow, 'libtensorflow_cc.so.2'));
  return fingerprint(
    ...sources.map((source) => fs.readFileSync(path.join(tfjs, 'binding', source), 'utf8')),
    tensorflow,
    `${library.size} ${library.mtimeMs}`,
  );
}

/**
 * The N-API addon between tfjs and TensorFlow's library: the npm package's own source, compiled against the library
 * of the Python wheel. N-API keeps it good for every later Node.
 */
module.exports = {
  name: 'native addon',
  isDone() {
    const tensorflow = tensorflowFolder();
    return tensorflow !== undefined && fs.existsSync(addon) && stamp.holds(wanted(tensorflow));
  },
  async run() {
    const tensorflow = /** @type {string} */ (tensorflowFolder());
    const unfinished = `${addon}.${process.pid}`;
    fs.mkdirSync(path.dirname(addon), { recursive: true });
    try {
      await runCommand(findCompiler(), [
        ...['-O2', '-std=c++17', '-fPIC', '-shared'],
        ...['-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
        `-I${path.join(nodeModules, 'node-api-headers', 'include')}`,
        `-I${tfjs}`,
        `-I${path.join(tensorflow, 'include')}`,
        ...sources.map((source) => path.join(tfjs, 'binding', source)),
        `-L${tensorflow}`,
        ...['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
        // The real folder, not a link: the library finds CUDA from where it lies itself.
        `-Wl,-rpath,${fs.realpathSync(tensorflow)}`,
        ...['-o', unfinished],
      ]);
      fs.renameSync(unfinished, addon);
    } finally {
      fs.rmSync(unfinished, { force: true });
    }
    stamp.write(wanted(tensorflow));
  },
};

function findCompiler() {
  const candidates = [process.env['CXX'], 'g++', 'c++', 'clang++'].filter((name) => name);
  for (const compiler of /** @type {string[]} */ (candidates)) {
    if (spawnSync(compiler, ['--version']).status === 0) return compiler;
  }
  throw new SetUpError(
    `No C++ compiler was found (looked for ${candidates.join(', ')})`,
    'Install one (`sudo apt install g++`, `sudo dnf install gcc-c++`) and run the command again.',
  );
}
