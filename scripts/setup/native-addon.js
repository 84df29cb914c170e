const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { addon, nodeModules, tensorflowFolder, tfjs } = require('./paths');
const { runCommand } = require('./run-command');
const { SetUpError } = require('./set-up-error');
const { Stamp, fingerprint } = require('./stamp');

const stamp = new Stamp(path.join(path.dirname(addon), '.smile-lab-addon'));
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) =>
  path.join(tfjs, 'binding', name),
);
const quietLoad = path.join(path.dirname(addon), 'quiet_load.node');
const quietLoadSource = path.join(__dirname, 'quiet_load.cc');
const memory = path.join(path.dirname(addon), 'process_memory.node');
const memorySource = path.join(__dirname, 'process_memory.cc');
const pool = path.join(path.dirname(addon), 'tensor_pool.node');
const poolSource = path.join(__dirname, 'tensor_pool.cc');
const transform = path.join(path.dirname(addon), 'transform_pictures.node');
const transformSource = path.join(__dirname, 'transform_pictures.cc');
const ownSources = [quietLoadSource, memorySource, poolSource, transformSource];

/** @param {string} tensorflow */
function wanted(tensorflow) {
  const library = fs.statSync(path.join(tensorflow, 'libtensorflow_cc.so.2'));
  return fingerprint(
    ...[...sources, ...ownSources].map((source) => fs.readFileSync(source, 'utf8')),
    tensorflow,
    // Whole seconds: an archive keeps no more, and a copied project must not need a compiler.
    `${library.size} ${Math.floor(library.mtimeMs / 1000)}`,
    ...ofProcessor(),
  );
}

/**
 * The N-API addon between tfjs and TensorFlow's library: the npm package's own source, compiled against the library
 * of the Python wheel; and four small ones: they load this library without its chatter, give memory back, and turn pictures.
 * N-API keeps them good for every later Node.
 */
module.exports = {
  name: 'native addon',
  isDone() {
    const tensorflow = tensorflowFolder();
    return (
      tensorflow !== undefined &&
      [addon, quietLoad, memory, pool, transform].every((file) => fs.existsSync(file)) &&
      stamp.holds(wanted(tensorflow))
    );
  },
  check: findCompiler,
  async run() {
    const tensorflow = /** @type {string} */ (tensorflowFolder());
    const library = path.join(fs.realpathSync(tensorflow), 'libtensorflow_cc.so.2');
    stamp.remove();
    fs.mkdirSync(path.dirname(addon), { recursive: true });
    await compile(quietLoad, [quietLoadSource, `-DTENSORFLOW_LIBRARY="${library}"`]);
    await compile(memory, [memorySource]);
    const libraries = [
      `-I${path.join(tensorflow, 'include')}`,
      `-L${tensorflow}`,
      ...['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
      // The real folder, not a link: the library finds CUDA from where it lies itself.
      // Four words, not `-Wl,…`: a folder's name may hold commas.
      ...['-Xlinker', '-rpath', '-Xlinker', fs.realpathSync(tensorflow)],
    ];
    // TensorFlow's own headers warn.
    await compile(pool, [poolSource, '-w', ...libraries]);
    await compile(transform, [transformSource, '-O3', ...ofProcessor(), ...libraries]);
    await compile(addon, [...sources, `-I${tfjs}`, ...libraries]);
    stamp.write(wanted(tensorflow));
  },
};

/** What processors of x86 have had since 2013, where this one has it: pictures are turned in two thirds of the time. */
function ofProcessor() {
  const has = process.arch === 'x64' && / avx2 /.test(fs.readFileSync('/proc/cpuinfo', 'utf8'));
  return has ? ['-mavx2'] : [];
}

/**
 * @param {string} target takes its name only once it is whole
 * @param {string[]} args sources and what they need
 */
async function compile(target, args) {
  const unfinished = `${target}.unfinished`;
  try {
    await runCommand(findCompiler(), [
      ...['-O2', '-std=c++17', '-fPIC', '-shared'],
      ...['-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
      `-I${path.join(nodeModules, 'node-api-headers', 'include')}`,
      ...args,
      ...['-o', unfinished],
    ]);
    fs.renameSync(unfinished, target);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}

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
