const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../setup/paths');

/**
 * The committed lessons, in their order.
 * @returns {string[]} paths from the project's root
 */
function lessons() {
  return fs
    .readdirSync(path.join(root, 'notebooks'))
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((name) => path.join('notebooks', name));
}

module.exports = { lessons };
