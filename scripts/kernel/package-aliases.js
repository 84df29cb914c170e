const path = require('node:path');
const { nodeModules } = require('../setup/paths');

/** What tutorials import, and what is installed here in its place and has the same interface. */
const aliases = { '@tensorflow/tfjs-node': '@tensorflow/tfjs-node-gpu' };

/** For the compiler: where it finds the types of each package that is called otherwise here. */
function aliasPaths() {
  return Object.fromEntries(
    Object.entries(aliases).map(([name, here]) => [name, [path.join(nodeModules, here)]]),
  );
}

/**
 * For the kernel: what to require in place of a package.
 * @param {string} id as the cell imports it
 * @returns {string}
 * @throws {Error} for what cannot work in a notebook, with what can
 */
function aliasOf(id) {
  if (id === '@tensorflow/tfjs-vis') {
    throw new Error(
      "@tensorflow/tfjs-vis draws in a web page, and a notebook is none. Write import { showHistory, showModel, openDashboard } from 'smile-lab'; they show what it would.",
    );
  }
  return /** @type {Record<string, string>} */ (aliases)[id] ?? id;
}

module.exports = { aliasOf, aliasPaths };
