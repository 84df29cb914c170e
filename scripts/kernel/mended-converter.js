const { awaitsOutsideFunctions } = require('./awaits-outside-functions');
const { expandShorthand, positionInSource } = require('./expand-shorthand');
const { findCall } = require('./find-call');
const { nameTags } = require('./name-tags');
const { createConverter } = require('./tslab');
const { withoutExports } = require('./without-exports');

/** tslab's converter, which reads cells, and tells of what stands in them, with what is mended here. */
function mendedConverter() {
  const converter = createConverter({ isJS: false, isBrowser: false });
  /** @param {string} declarations @param {string} cell */
  const convert = (declarations, cell) => {
    const converted = converter.convert(declarations, expandShorthand(withoutExports(cell)));
    for (const { fileName, start } of converted.diagnostics) {
      if (fileName) continue;
      start.offset = positionInSource(cell, start.offset);
      start.character = start.offset - cell.lastIndexOf('\n', start.offset - 1) - 1;
    }
    const hasToplevelAwait = converted.hasToplevelAwait || awaitsOutsideFunctions(cell);
    return { ...converted, hasToplevelAwait };
  };
  /** @param {string} declarations @param {string} cell @param {number} position */
  const inspect = (declarations, cell, position) => {
    let info = converter.inspect(declarations, cell, position);
    const call = findCall(cell, position);
    if (!info && call !== undefined) info = converter.inspect(declarations, cell, call);
    return info && nameTags(info);
  };
  return { ...converter, convert, inspect };
}

module.exports = { mendedConverter };
