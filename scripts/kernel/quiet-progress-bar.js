const { progressBarHelper } = require('@tensorflow/tfjs-node-gpu/dist/callbacks');

/**
 * Leaves out tfjs's progress bar, which a training has where `verbose: 0` is missing: it draws in a terminal, and in a
 * notebook only an empty line an epoch would come of it, marked as an error. Its lines of numbers stay.
 */
function quietProgressBar() {
  progressBarHelper.ProgressBar = class {
    tick() {}
  };
}

module.exports = { quietProgressBar };
