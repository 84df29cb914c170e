const { types } = require('node:util');
const { captureChildOutput } = require('./child-output');
const { createExecutor } = require('./executor');
const { KernelServer } = require('./kernel-server');
const { mendedConverter } = require('./mended-converter');
const { makeErrorsReadable } = require('./readable-errors');
const { makeStacksReadable } = require('./readable-stacks');
const { refuseExit } = require('./refuse-exit');
const { refuseStdin } = require('./refuse-stdin');
const { isInCell, Stopped } = require('./running-cell');

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
  captureChildOutput();
  refuseStdin();
  refuseExit(isInCell);
  process.on('SIGINT', () => executor.interrupt());
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error) => {
      // Nobody awaited it: its cell may have ended long ago. That Stop ended it, its cell tells.
      if (types.isNativeError(error) && error instanceof Stopped) return;
      console.error(executor.describe(error).traceback.join('\n'));
    });
  }
  void new KernelServer(executor, connectionFile).init();
}

module.exports = { startKernel };
