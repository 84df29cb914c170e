const { createExecutor } = require('./executor');
const { KernelServer } = require('./kernel-server');
const { mendedConverter } = require('./mended-converter');
const { makeErrorsReadable } = require('./readable-errors');
const { makeStacksReadable } = require('./readable-stacks');

/**
 * Starts to answer JupyterLab.
 * @param {string} connectionFile as Jupyter wrote it
 */
function startKernel(connectionFile) {
  // Deep enough that a cell is found below the calls of a library.
  Error.stackTraceLimit = 50;
  const executor = createExecutor(process.cwd(), mendedConverter());
  makeErrorsReadable(executor.placeOf);
  makeStacksReadable(executor.placeOf);
  process.on('SIGINT', () => executor.interrupt());
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    // Nobody awaited it: its cell may have ended long ago.
    process.on(event, (error) => console.error(executor.describe(error).traceback.join('\n')));
  }
  void new KernelServer(executor, connectionFile).init();
}

module.exports = { startKernel };
