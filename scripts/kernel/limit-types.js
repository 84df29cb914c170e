const { sys } = require('@tslab/typescript-for-tslab');

/**
 * Lets cells see the global types of Node only. TypeScript would take in every package of `node_modules/@types`, those of
 * the test framework and of its tools as well, and look through their files again at each cell.
 */
function limitTypes() {
  const { getDirectories } = sys;
  sys.getDirectories = (folder) =>
    folder.endsWith('/node_modules/@types') ? ['node'] : getDirectories(folder);
}

module.exports = { limitTypes };
