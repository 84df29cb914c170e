const fs = require('node:fs');
const path = require('node:path');
const { dist, root } = require('../setup/paths');

/**
 * @param {string} name of a template
 * @param {Record<string, string | number>} values for the `{{names}}` in it
 * @returns {string} Markdown
 * @throws {TypeError} when a value is missing
 */
function fillTemplate(name, values) {
  const template = fs.readFileSync(path.join(__dirname, 'templates', name), 'utf8');
  return template.trimEnd().replace(/\{\{(\w+)\}\}/g, (_, key) => {
    if (key in values) return String(values[key]);
    throw new TypeError(`Cannot fill ${name}: a value for "${key}" is required, got none`);
  });
}

/**
 * Writes a document of `docs`, formatted as `npm run format` leaves it, and its picture: both whole, or none.
 * @param {string} name
 * @param {string} markdown
 * @param {string} [picture] SVG
 */
async function writeDocument(name, markdown, picture) {
  const prettier = require('prettier'); // jest, which tests the rest, cannot load it
  const { writeTogether } = require(path.join(dist, 'files', 'writeTogether'));
  const folder = path.join(root, 'docs');
  const file = path.join(folder, `${name}.md`);
  const options = await prettier.resolveConfig(file);
  const text = await prettier.format(markdown, { ...options, filepath: file });
  const files = [[`${name}.md`, text], ...(picture ? [[`${name}.svg`, picture]] : [])];
  await writeTogether(folder, files);
}

module.exports = { fillTemplate, writeDocument };
