require('./setup/check-node');
const path = require('node:path');
const { endWithParent } = require('./processes/end-with-parent');
const library = require('./setup/library');
const { withLock } = require('./setup/lock');
const { dist } = require('./setup/paths');

// Found only once the set-up has run, as it always has when a kernel starts.
const { limitTypes } = require('./kernel/limit-types');
const { makeReadable } = require('./kernel/readable-values');
const {
  endPassesAfterStop,
  noteStop,
  refusePredictionsAfterStop,
  refuseReadsAfterStop,
  refuseTrainingsAfterStop,
  waitForShown,
} = require('./kernel/running-cell');
const { sharePackages } = require('./kernel/share-packages');
const { startKernel } = require('./kernel/start-kernel');
const { stayBusy } = require('./kernel/stay-busy');
const { tellFailedCompile } = require('./kernel/tell-failed-compile');

/**
 * The kernel «Smile Lab (TypeScript)»: tslab in this process, after `src` has been compiled anew if it was edited.
 * usage: node kernel.js CONNECTION_FILE
 */
async function main() {
  // As Jupyter's own kernels do: nobody else ends a kernel whose Jupyter was killed.
  endWithParent(() => process.exit());
  if (!library.isDone()) {
    // A mistake in src is told by the cell that imports smile-lab: nobody reads what a starting kernel prints.
    await withLock(async () => {
      if (!library.isDone()) await library.run();
    }).catch((error) => console.error(error.message));
  }
  process.env['SMILE_LAB_KERNEL'] = '1';
  await prepareDevice();
  sharePackages(process.cwd());
  refuseReadsAfterStop();
  limitTypes();
  stayBusy();
  startKernel(process.argv[2] || '');
  // TensorFlow takes a second to load; it does so while the first cell is being read.
  setImmediate(() => {
    try {
      const library = require(dist);
      letStopEndTrainings(library);
      refuseTrainingsAfterStop(library.tf);
      refusePredictionsAfterStop(library.tf);
      endPassesAfterStop(library.tf);
      tellFailedCompile(library.tf);
      waitForShown(dist);
      makeReadable(library.tf);
      require('./kernel/quiet-progress-bar').quietProgressBar();
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
    }
  });
}

/**
 * What must be done before TensorFlow loads, and before the first cell runs: WebGPU starts in its own time, and a cell
 * cannot wait for what it does not know of. What goes wrong is told by the cell that imports or uses TensorFlow.
 */
async function prepareDevice() {
  try {
    require(path.join(dist, 'tensorflow', 'native', 'prepareProcess.js'));
    if (process.env['SMILE_DEVICE'] === 'webgpu') await require(dist).tf.ready();
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
  }
}

/**
 * tslab gives the cell up when Stop is pressed, but a training goes on behind it. Here Stop ends the training after its
 * current batch, and the cell goes on with what was learned until then: its history can be shown. It ends where it begins
 * another training, as a loop does. Where no training runs, or at a second press, the cell is given up.
 * @param {{ stopTrainings: () => Promise<number> }} library
 */
function letStopEndTrainings({ stopTrainings }) {
  const giveUpCells = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  let stopping = false;
  process.on('SIGINT', async (signal) => {
    noteStop();
    if (!stopping) {
      stopping = true;
      const stopped = await stopTrainings();
      stopping = false;
      if (stopped > 0) {
        console.log('Training stopped; the model keeps what it has learned.');
        return;
      }
    }
    for (const giveUp of giveUpCells) giveUp(signal);
  });
}

main();
