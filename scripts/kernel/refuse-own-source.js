const path = require('node:path');
const ts = require('@tslab/typescript-for-tslab');
const { root } = require('../setup/paths');

/**
 * Keeps a cell from importing `src`: the library runs already, compiled, and would run a second time beside itself.
 * @param {string} source a cell
 * @param {string} folder the notebook's
 * @throws {Error} with what to write instead
 */
function refuseOwnSource(source, folder) {
  const sources = path.join(root, 'src');
  for (const { fileName } of ts.preProcessFile(source).importedFiles) {
    const file = path.resolve(folder, fileName);
    const isOwn = file === sources || file.startsWith(sources + path.sep);
    if (!/^\.{0,2}\//.test(fileName) || !isOwn) continue;
    throw new Error(
      `Cannot import "${fileName}": the library of this project runs already, and must not run twice. Write import { … } from 'smile-lab'.`,
    );
  }
}

module.exports = { refuseOwnSource };
