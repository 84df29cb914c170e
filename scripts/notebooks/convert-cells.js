const { getCodeMetadata } = require('tslab/dist/metadata');
const { convertByOneProgram, createOneProgram } = require('../kernel/one-program');

/**
 * Converts cells as tslab 1.0.22 does, with its own converter: this is what the kernel runs, compiler options included.
 * It is a process of its own, started by check-cell-types.js in the notebooks' folder, since the converter takes the
 * current folder as its root and TypeScript remembers the first one for good. With the argument `strict` the cells are
 * held against that option too, which src has and the kernel lacks.
 *
 * @typedef {import('tslab/dist/converter')} ConverterModule
 * @typedef {import('@tslab/typescript-for-tslab').CompilerOptions} CompilerOptions
 *
 * @typedef {object} Finding
 * @property {number} notebook index
 * @property {number} cell index
 * @property {number} line counted from 0
 * @property {string} [file] where it is not the cell itself but a file that it imports, from the current folder
 * @property {string} message
 */

/** TypeScript's ways to say "Cannot find name": what follows when the cell that declares it was rejected. */
const unknownName = new Set([2304, 2552, 18004]);

/**
 * One notebook's cells in their order, each with the declarations of those before it, as tslab's executor does.
 * @param {import('tslab/dist/converter').Converter} converter
 * @param {string[]} cells
 */
function convert(converter, cells) {
  let declarations = '';
  let rejected = false;
  return cells.flatMap((source, cell) => {
    const { module, mode, ...meta } = getCodeMetadata(source);
    if (module !== undefined) {
      const diagnostics = converter.addModule(module, source, meta);
      return findings(
        diagnostics.map((one) => ({ ...one, fileName: undefined })),
        source,
        cell,
      );
    }
    if (mode === 'browser') return [];
    const { diagnostics, declOutput } = converter.convert(declarations, source);
    const told = diagnostics.filter(({ code }) => !(rejected && unknownName.has(code)));
    if (diagnostics.length === 0) declarations = declOutput ?? '';
    else rejected = true;
    return findings(told, source, cell);
  });
}

/**
 * tslab gives each link of a chain of reasons as a diagnostic of its own; here they are one again.
 * @param {import('tslab/dist/converter').Diagnostic[]} diagnostics
 * @param {string} source
 * @param {number} cell
 */
function findings(diagnostics, source, cell) {
  const lastLine = source.split('\n').length - 1;
  // tslab appends a line that exports the cell's names. What is wrong there follows from the cell, and counts where it is
  // all there is: a brace left open.
  const inCell = diagnostics.filter(({ start, fileName }) => fileName || start.line <= lastLine);
  /** @type {Map<string, Omit<Finding, 'notebook'>>} */
  const byPlace = new Map();
  for (const one of inCell.length > 0 ? inCell : diagnostics) {
    const { start, end, fileName: file, messageText: message } = one;
    const place = `${file} ${start.offset} ${end.offset}`;
    const before = byPlace.get(place);
    if (before) before.message = `${before.message.replace(/\.$/, '')}: ${message}`;
    else {
      const line = file ? start.line : Math.min(start.line, lastLine);
      byPlace.set(place, { cell, line, file, message });
    }
  }
  return [...byPlace.values()];
}

/**
 * Lets the converter, which fixes its options itself, meet a compiler that adds some to them.
 * @param {CompilerOptions} added
 */
function addOptions(added) {
  const file = require.resolve('@tslab/typescript-for-tslab');
  const ts = require('@tslab/typescript-for-tslab');
  const compiler = /** @type {NodeJS.Module} */ (require.cache[file]);
  compiler.exports = {
    ...ts,
    /** @type {(files: string[], options: CompilerOptions, ...rest: any[]) => unknown} */
    createWatchCompilerHost: (files, options, system, _, ...rest) =>
      ts.createWatchCompilerHost(
        files,
        { ...options, ...added },
        system,
        /** @type {any} */ (createOneProgram),
        ...rest,
      ),
  };
}

process.once('message', (/** @type {string[][]} */ notebooks) => {
  addOptions(process.argv[2] === 'strict' ? { strict: true, alwaysStrict: false } : {});
  /** @type {ConverterModule} */
  const { createConverter } = require('tslab/dist/converter');
  const converter = createConverter();
  const convertCell = convertByOneProgram(converter);
  /** @type {Finding[]} */
  const found = notebooks.flatMap((cells, notebook) =>
    convert({ ...converter, convert: convertCell }, cells).map((finding) => ({
      notebook,
      ...finding,
    })),
  );
  converter.close();
  process.send?.(found, () => process.disconnect());
});
