const { SourceMap } = require('node:module');

/**
 * Finds the line of a cell that a line of what runs was compiled from.
 * @param {string[]} maps from what runs to the cell, one a step
 * @param {number} count of the lines that were compiled; what follows them is the kernel's
 * @returns {(line: number, column: number) => number | undefined} counted from 1, as in a stack
 */
function cellLines(maps, count) {
  /** @type {SourceMap[] | undefined} */
  let steps;
  return (line, column) => {
    if (line > count) return undefined;
    // Read only when a cell has failed.
    steps ??= maps.filter(Boolean).map((map) => new SourceMap(JSON.parse(map)));
    let place = { line: line - 1, column: column - 1 };
    for (const step of steps) {
      const entry = step.findEntry(place.line, place.column);
      if (!('originalLine' in entry)) return undefined;
      place = { line: entry.originalLine, column: entry.originalColumn };
    }
    // tslab puts a line of its own before the cell, so that this one counts from 1.
    return place.line >= 1 ? place.line : undefined;
  };
}

module.exports = { cellLines };
