/**
 * Emoji art of one style, by code point, from an Iconify package (https://iconify.design/docs/types/iconify-json.html):
 * `chars.json` names the icon of a code point, `icons.json` holds the icons' SVG bodies and the box they are drawn in.
 */
const { readFile } = require('node:fs/promises');

/**
 * @typedef {{ name: string, box: { width: number, height: number }, body: string }} Face
 * @typedef {{ width: number, height: number, icons: Record<string, { body: string }> }} Icons
 */

/**
 * Opens a style.
 * @param {string} style the package's name after `@iconify-json/`
 * @param {string | Record<string, string>} naming the style whose `chars.json` names the icons, or the names by code
 *   point: `fluent-emoji` and `noto-v1` have an empty one, and the names of `fluent-emoji-flat`
 * @returns {Promise<(codePoint: string) => Face>} gives a code point's icon name, box and SVG body
 */
async function openEmojiStyle(style, naming = style) {
  // Not require(): the compiler would infer a type from 25 MB of JSON.
  const chars = /** @type {Record<string, string>} */ (
    typeof naming === 'string' ? await readJson(naming, 'chars.json') : naming
  );
  const icons = /** @type {Icons} */ (await readJson(style, 'icons.json'));
  return (codePoint) => {
    const task = `Cannot draw U+${codePoint} in the style "${style}"`;
    const name = chars[codePoint.toLowerCase()];
    if (name === undefined) {
      const who = typeof naming === 'string' ? 'chars.json' : 'table of names';
      const whose = naming === style || typeof naming !== 'string' ? 'its' : `${naming}'s`;
      throw new Error(`${task}: ${whose} ${who} must name that code point, and it does not`);
    }
    const icon = icons.icons[name];
    if (icon === undefined) {
      throw new Error(`${task}: its icons.json must hold "${name}", and it does not`);
    }
    return { name, box: { width: icons.width, height: icons.height }, body: icon.body };
  };
}

/**
 * @param {string} style
 * @param {string} file
 */
async function readJson(style, file) {
  return JSON.parse(await readFile(require.resolve(`@iconify-json/${style}/${file}`), 'utf8'));
}

module.exports = { openEmojiStyle };
