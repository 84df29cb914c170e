const { stripVTControlCharacters } = require('node:util');
const { root } = require('../setup/paths');

/** What a name in a path is made of. */
const letter = String.raw`[\p{L}\p{N}_.@+-]`;

/** Not after what makes a slash a part of a word, a fraction, an address or a closing tag. */
const start = String.raw`(?<![\p{L}\p{N}_.:/<)\]~-])`;

const machinePaths = [
  /file:\/\/[^\s"'<>]*/u,
  /(?<![\p{L}\p{N}_])[A-Za-z]:\\[^\s"'<>]*/u,
  /(?<![\p{L}\p{N}_/])~\/[^\s"'<>]+/u,
  new RegExp(`${start}/(root|tmp|home|Users)(?![\\p{L}\\p{N}_-])[^\\s"'<>]*`, 'u'),
  new RegExp(`${start}/${letter}+/${letter}[^\\s"'<>]*`, 'u'),
];

/**
 * Finds a path that holds on one machine only: an absolute one, a home folder's, a `file://` address.
 * @param {string} text may hold `data:` addresses; texts in them (SVG) are searched too, other pictures are not
 * @returns {string | undefined} the first one
 */
function findMachinePath(text) {
  const readable = stripVTControlCharacters(decodeDataAddresses(text));
  // A folder's name with a space in it is no path to the patterns.
  if (root !== '/' && readable.includes(root)) return root;
  return machinePaths.map((pattern) => pattern.exec(readable)?.[0]).find(Boolean);
}

/**
 * @param {string} text
 * @returns {string}
 */
function decodeDataAddresses(text) {
  return text.replace(
    /data:([\w.+-]+\/[\w.+-]+)?((?:;[\w.=-]+)*),([^\s"'<>)]*)/g,
    (_, type = 'text/plain', parameters, content) => {
      if (!/^text\/|\+xml$|json$/.test(type)) return '';
      const inside = parameters.endsWith(';base64')
        ? Buffer.from(content, 'base64').toString()
        : decodePercents(content);
      return decodeDataAddresses(inside);
    },
  );
}

/** @param {string} text */
function decodePercents(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

module.exports = { findMachinePath };
