const ts = /** @type {any} */ (require('@tslab/typescript-for-tslab'));

/**
 * @typedef {import('typescript').BuilderProgram} Builder
 * @typedef {import('typescript').Program} Program
 * @typedef {import('typescript').SourceFile & {locals?: Map<string, unknown>, imports: {text: string}[]}} SourceFile
 * @typedef {import('typescript').CompilerHost & {hasInvalidatedResolutions(path: string): boolean,
 *   hasChangedAutomaticTypeDirectiveNames?(): boolean}} Host
 * @typedef {[roots: string[], options: import('typescript').CompilerOptions, host: Host, old: Builder | undefined]} Given
 */

/** Whether a cell is being converted, and neither inspected nor completed. */
let converts = false;

/**
 * tslab 1.0.22 lets a cell be compiled twice, the first time only to learn which names it declares, and each time the
 * compiler works out which file depends on which, for nothing. Here names are read from the cell alone, and what depends
 * on what when it is asked for.
 * @type {(...given: Given) => Builder}
 */
function createOneProgram(roots, options, host, old, ...rest) {
  const cell = converts && old && roots.find((root) => /\/__tslab__\.[jt]s$/.test(root));
  if (cell && !hasMoved(host, old.getProgram())) {
    const file = parsed(host.readFile(cell) ?? '', cell, options);
    const names = [...(file.locals?.keys() ?? [])];
    if (names.length > 0 && !file.text.endsWith(`\nexport {${names.join(', ')}}`)) {
      return withCell(old, file);
    }
  }
  /** @type {Builder} */
  const builder = ts.createAbstractBuilder(roots, options, host, old, ...rest);
  const program = builder.getProgram();
  // Gives the files of the program their names.
  program.getTypeChecker();
  return withDependencies(builder, program);
}

// Functions of their own: what one of them keeps must not be the program before, which would keep the one before that.

/** @param {Builder} old @param {SourceFile} cell @returns {Builder} */
function withCell(old, cell) {
  return {
    ...old,
    getSourceFile: (name) => (name === cell.fileName ? cell : old.getSourceFile(name)),
  };
}

/** @param {Builder} builder @param {Program} program @returns {Builder} */
function withDependencies(builder, program) {
  return { ...builder, getAllDependencies: (file) => dependencies(program, file) };
}

/**
 * Whether something that an import may lead to has come or gone: that is told to one program only, which must be whole.
 * @param {Host} host
 * @param {Program} program
 */
function hasMoved(host, program) {
  if (host.hasChangedAutomaticTypeDirectiveNames?.()) return true;
  return program
    .getSourceFiles()
    .some((file) => host.hasInvalidatedResolutions(/** @type {any} */ (file).resolvedPath));
}

/**
 * @param {string} text
 * @param {string} name
 * @param {import('typescript').CompilerOptions} options
 * @returns {SourceFile}
 */
function parsed(text, name, options) {
  const file = ts.createSourceFile(name, text, options.target);
  ts.bindSourceFile(file, options);
  return file;
}

/**
 * @param {Program} program
 * @param {import('typescript').SourceFile | undefined} first
 * @returns {string[]} the names of a file and of all that it imports, but for what stands behind declarations
 */
function dependencies(program, first) {
  const found = new Set(first && [first.fileName]);
  for (const name of found) {
    const file = /** @type {SourceFile | undefined} */ (program.getSourceFile(name));
    if (!file || file.isDeclarationFile) continue;
    for (const literal of file.imports) {
      const mode = ts.getModeForUsageLocation(file, literal);
      const module = ts.getResolvedModule(file, literal.text, mode);
      if (module) found.add(module.resolvedFileName);
    }
  }
  return [...found];
}

/**
 * @param {import('tslab/dist/converter').Converter} converter
 * @returns {import('tslab/dist/converter').Converter['convert']} its own, with one program a cell
 */
function convertByOneProgram(converter) {
  return (...given) => {
    converts = true;
    try {
      return converter.convert(...given);
    } finally {
      converts = false;
    }
  };
}

module.exports = { convertByOneProgram, createOneProgram };
