const path = require('node:path');
const { jupyterEnvironment } = require('../jupyter');
const { python, root } = require('../setup/paths');
const { cleanEnvironment } = require('../setup/python-environment');
const { runProgram, startServer } = require('./sitting');

/** @typedef {'keras' | 'stock' | 'ours' | 'kernel' | 'runner' | 'browser'} Contestant */

/** @type {Record<Contestant, string>} */
const names = {
  keras: 'Keras',
  stock: 'stock tfjs-node',
  ours: 'Smile Lab',
  kernel: 'notebook kernel',
  runner: 'notebook runner',
  browser: 'browser',
};

const stockSwitches = { SMILE_GRAPH: '0', SMILE_STOCK_KERNELS: '1' };
/** @type {NodeJS.ProcessEnv} */
const quiet = { TF_CPP_MIN_LOG_LEVEL: '3' };

/**
 * Lets a contestant do a task in a fresh process.
 * @param {Contestant} contestant
 * @param {object} task
 * @returns {Promise<any>} its answer, with `processSeconds`: from its start to its end
 */
async function compete(contestant, task) {
  const [program, script, env] = programOf(contestant);
  const args = [path.join(__dirname, script), JSON.stringify(task)];
  const { answer, seconds } = await runProgram(program, args, { env, cwd: root });
  return { ...answer, processSeconds: seconds };
}

/** @type {ReturnType<typeof startServer> | undefined} */
let sharedKeras;

/**
 * Lets Keras, whose start takes many seconds, do its tasks in one process.
 * @param {object} task
 * @returns {Promise<any>} its answer
 */
function competeShared(task) {
  const [program, script, env] = programOf('keras');
  sharedKeras ??= startServer(program, [path.join(__dirname, script)], { env, cwd: root });
  return sharedKeras.ask(task);
}

/** Ends the process that {@link competeShared} has started. */
async function endShared() {
  await sharedKeras?.end();
  sharedKeras = undefined;
}

/**
 * @param {Contestant} contestant
 * @returns {[program: string, script: string, env: NodeJS.ProcessEnv]}
 */
function programOf(contestant) {
  /** @type {NodeJS.ProcessEnv} */
  const keras = { ...cleanEnvironment(), ...quiet, KERAS_BACKEND: 'tensorflow' };
  // As the library hides an NVIDIA GPU from TensorFlow.
  if (process.env['SMILE_DEVICE'] === 'cpu') keras['CUDA_VISIBLE_DEVICES'] = '-1';
  const node = { ...process.env, ...quiet };
  // Whoever has set them does not mean the bench.
  for (const name of Object.keys(stockSwitches)) delete node[name];
  switch (contestant) {
    case 'keras':
      return [python, 'keras.py', keras];
    case 'stock':
      return [process.execPath, 'tfjs.js', { ...node, ...stockSwitches }];
    case 'ours':
      return [process.execPath, 'tfjs.js', node];
    case 'kernel':
      return [python, 'timed_cells.py', { ...jupyterEnvironment(), ...quiet }];
    case 'runner':
      return [process.execPath, 'execute-lesson.js', node];
    case 'browser':
      return [process.execPath, 'follow-runs.js', node];
  }
}

module.exports = { compete, competeShared, endShared, names };
