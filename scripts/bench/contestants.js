const path = require('node:path');
const { python } = require('../setup/paths');
const { cleanEnvironment } = require('../setup/python-environment');
const { runProgram } = require('./run-program');

/** @type {NodeJS.ProcessEnv} */
const quiet = {
  TF_CPP_MIN_LOG_LEVEL: '3',
  // As the library sets it, so that no contestant computes without it where TensorFlow leaves it off.
  TF_ENABLE_ONEDNN_OPTS: '1',
};
// Whoever has set these switches does not mean the bench.
const unset = { SMILE_GRAPH: undefined, SMILE_STOCK_KERNELS: undefined };
const forNode = { ...process.env, ...quiet, ...unset };
/** @type {NodeJS.ProcessEnv} */
const forKeras = { ...cleanEnvironment(), ...quiet, KERAS_BACKEND: 'tensorflow' };
// As the library hides an NVIDIA GPU from TensorFlow.
if (process.env['SMILE_DEVICE'] === 'cpu') forKeras['CUDA_VISIBLE_DEVICES'] = '-1';

/** @typedef {[program: string, script: string, env: NodeJS.ProcessEnv]} Program */
/** @type {Record<string, Program> & { ours: Program }} */
const programs = {
  keras: [python, 'keras.py', forKeras],
  kerasAll: [python, 'keras.py', forKeras],
  stock: [process.execPath, 'tfjs.js', { ...forNode, SMILE_GRAPH: '0', SMILE_STOCK_KERNELS: '1' }],
  ours: [process.execPath, 'tfjs.js', forNode],
  browser: [process.execPath, 'follow-runs.js', forNode],
};

/**
 * Lets one do a task, in a fresh process.
 * @param {string} role one of those above; any other is Smile Lab with another task
 * @param {object | (() => Promise<object>)} task a function is called in this process
 * @returns {Promise<any>} its answer, with `processSeconds`, from its start to its end
 */
async function compete(role, task) {
  if (typeof task === 'function') {
    const begin = performance.now();
    const answer = await task();
    return { ...answer, processSeconds: (performance.now() - begin) / 1000 };
  }
  const [program, script, env] = programs[role] ?? programs.ours;
  const args = [path.join(__dirname, script), JSON.stringify(task)];
  const { answer, seconds } = await runProgram(program, args, { env });
  return { ...answer, processSeconds: seconds };
}

module.exports = { compete };
