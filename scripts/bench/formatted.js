const path = require('node:path');
const prettier = require('prettier');
const { root } = require('../setup/paths');

/**
 * @param {string} markdown
 * @returns {Promise<string>} as `npm run format` leaves it
 */
async function formatted(markdown) {
  const file = path.join(root, 'docs', 'any.md');
  const config = await prettier.resolveConfig(file);
  return prettier.format(markdown, { ...config, filepath: file });
}

module.exports = { formatted };
