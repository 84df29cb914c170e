require('./setup/check-node');
const path = require('node:path');
const library = require('./setup/library');
const { dist } = require('./setup/paths');

/**
 * The kernel «Smile Lab (TypeScript)»: tslab in this process, after `src` has been compiled anew if it was edited.
 * usage: node kernel.js CONNECTION_FILE
 */
async function main() {
  if (!library.isDone()) {
    // A mistake in src is told by the cell that imports smile-lab: nobody reads what a starting kernel prints.
    await library.run().catch((error) => console.error(error.message));
  }
  process.env['SMILE_LAB_KERNEL'] = '1';
  require(path.join(dist, 'tensorflow', 'prepare-process.js'));
  require('tslab/dist/main').startKernel({ configPath: process.argv[2], enableFindLocal: false });
  // TensorFlow takes a second to load; it does so while the first cell is being read.
  setImmediate(() => {
    try {
      require(dist);
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
    }
  });
}

main();
