const fs = require('node:fs');
const path = require('node:path');
const { dist, root } = require('../setup/paths');

/**
 * @param {string} text with `{{names}}` in it
 * @param {Record<string, string | number>} values by these names
 * @returns {string}
 * @throws {TypeError} when a value is missing
 */
function fill(text, values) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, key) => {
    if (key in values) return String(values[key]);
    throw new TypeError(`Cannot fill in: a value for "${key}" is required, got none`);
  });
}

/** @type {(name: string, values: Record<string, string | number>) => string} Markdown, from the template of that name */
const fillTemplate = (name, values) =>
  fill(fs.readFileSync(path.join(__dirname, 'templates', `${name}.md`), 'utf8'), values);

/**
 * Writes a document of `docs`, formatted as `npm run format` leaves it, and its picture: both whole, or none.
 * @type {(name: string, markdown: string, picture?: string) => Promise<void>} picture: SVG
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

module.exports = { fill, fillTemplate, writeDocument };
