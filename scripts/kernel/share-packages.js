const path = require('node:path');
const ts = require('@tslab/typescript-for-tslab');
const { nodeModules, root } = require('../setup/paths');

/**
 * Lets a notebook outside the project import what the project has installed. Node finds the packages by NODE_PATH,
 * which the kernelspec sets; the compiler knows no such thing and is led there by its file system.
 * @param {string} folder the notebook's
 */
function sharePackages(folder) {
  if (!path.relative(root, folder).startsWith('..')) return;
  const here = path.join(folder, 'node_modules');
  /** @param {string} file */
  const shared = (file) =>
    file === here || file.startsWith(here + path.sep)
      ? nodeModules + file.slice(here.length)
      : file;

  const { directoryExists, fileExists, getDirectories, readFile, realpath } = ts.sys;
  ts.sys.directoryExists = (name) => directoryExists(shared(name));
  ts.sys.fileExists = (name) => fileExists(shared(name));
  ts.sys.getDirectories = (name) => getDirectories(shared(name));
  ts.sys.readFile = (name, encoding) => readFile(shared(name), encoding);
  ts.sys.realpath = (name) => (realpath ? realpath(shared(name)) : shared(name));
}

module.exports = { sharePackages };
