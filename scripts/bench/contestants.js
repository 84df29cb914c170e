const path = require('node:path');
const { jupyterEnvironment } = require('../jupyter');
const { python } = require('../setup/paths');
const { cleanEnvironment } = require('../setup/python-environment');
const { runProgram, start } = require('./children');

/** @type {NodeJS.ProcessEnv} */
const quiet = {
  TF_CPP_MIN_LOG_LEVEL: '3',
  // As the library sets it, so that no contestant computes without it where TensorFlow leaves it off.
  TF_ENABLE_ONEDNN_OPTS: '1',
};
// Whoever has set these switches does not mean the bench.
const forNode = {
  ...process.env,
  ...quiet,
  SMILE_GRAPH: undefined,
  SMILE_STOCK_KERNELS: undefined,
};
const switches = { SMILE_GRAPH: '0', SMILE_STOCK_KERNELS: '1' };
/** @type {NodeJS.ProcessEnv} */
const forKeras = { ...cleanEnvironment(), ...quiet, KERAS_BACKEND: 'tensorflow' };
// As the library hides an NVIDIA GPU from TensorFlow.
if (process.env['SMILE_DEVICE'] === 'cpu') forKeras['CUDA_VISIBLE_DEVICES'] = '-1';

/** @typedef {[program: string, script: string, env: NodeJS.ProcessEnv]} Program */
/** @type {Record<string, Program> & { ours: Program }} */
const programs = {
  keras: [python, 'keras.py', forKeras],
  stock: [process.execPath, 'tfjs.js', { ...forNode, ...switches }],
  ours: [process.execPath, 'tfjs.js', forNode],
  'notebook kernel': [python, 'timed_cells.py', { ...jupyterEnvironment(), ...quiet }],
  browser: [process.execPath, 'follow-runs.js', forNode],
};

/** @type {ReturnType<typeof start> | undefined} */
let shared;

/**
 * Lets one do a task in a fresh process, or in one that is shared by all tasks for one whose start takes many seconds.
 * @param {string} role one of those above; any other is Smile Lab with another task
 * @param {object | (() => Promise<object>)} task a function is called in this process
 * @param {boolean} [isShared]
 * @returns {Promise<any>} its answer, with `processSeconds`, from its start to its end, where the process is its own
 */
async function compete(role, task, isShared = false) {
  if (typeof task === 'function') {
    const begin = performance.now();
    const answer = await task();
    return { ...answer, processSeconds: (performance.now() - begin) / 1000 };
  }
  const [program, script, env] = programs[role] ?? programs.ours;
  const file = path.join(__dirname, script);
  if (isShared) return (shared ??= start(program, [file], { env })).ask(task);
  const { answer, seconds } = await runProgram(program, [file, JSON.stringify(task)], { env });
  return { ...answer, processSeconds: seconds };
}

/** Ends the process that is shared. */
async function endShared() {
  await shared?.end();
  shared = undefined;
}

module.exports = { compete, endShared };
