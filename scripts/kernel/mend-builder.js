const path = require('node:path');
const ts = require('@tslab/typescript-for-tslab');
const { declareInnerVars } = require('./cell-vars');
const { shareVariables } = require('./share-variables');
const { sharedFunctions } = require('./shared-functions');

/** The notebook's folder: a cell may go to another. */
const folder = process.cwd();

/** Where, for tslab, a file lies that is outside the notebook's folder; nothing on the disk is called so. */
const ABOVE = '__above__';

/** The map of the cell that was compiled last, from JavaScript to what its author wrote. */
let cellMap = '';

/**
 * Lets tslab 1.0.22 compile what a cell imports from outside the notebook's folder: there the compiler names the result
 * by its absolute path, at which tslab gives up. The cell itself gets variables that all cells share.
 * @template {import('typescript').BuilderProgram} B
 * @param {B} builder
 * @returns {B} the same
 */
function mendBuilder(builder) {
  const { emit } = builder;
  builder.emit = (file, write, cancel, only, transformers) => {
    const checker = builder.getProgram().getTypeChecker();
    if (file && write && isOutside(file.fileName)) {
      const { outDir = '' } = builder.getCompilerOptions();
      const name = file.fileName.replace(/\.[jt]s$/, '.js');
      write(`${outDir}/${ABOVE}${name}`, compileAlone(file, builder.getCompilerOptions()), false);
      return { emitSkipped: false, diagnostics: [] };
    }
    /** @type {import('typescript').WriteFileCallback} */
    const writeMended = (name, text, ...more) => {
      const base = path.basename(name);
      if (base === '__tslab__.js.map') cellMap = text;
      else if (base === '__tslab__.js') write?.(name, shareVariables(text), ...more);
      else if (base === '__tslab__.d.ts' && file) {
        write?.(name, text + declareInnerVars(file, checker), ...more);
      } else write?.(name, text, ...more);
    };
    // tslab's own write a file's last line into a variable of the cell, and that into the tree itself of a JavaScript
    // file, where the compiler fails at it the next time.
    const mended =
      file && isCell(file) ? { ...transformers, before: [sharedFunctions(checker)] } : undefined;
    return emit.call(builder, file, write && writeMended, cancel, only, mended);
  };
  return builder;
}

/** @param {import('typescript').SourceFile} file @param {import('typescript').CompilerOptions} options */
function compileAlone({ fileName, text }, options) {
  const compilerOptions = { ...options, module: ts.ModuleKind.ESNext, sourceMap: false };
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
}

/** @param {import('typescript').SourceFile} file @returns {boolean} */
function isCell({ fileName }) {
  return path.basename(fileName) === '__tslab__.ts';
}

/** @param {string} file */
function isOutside(file) {
  const relative = path.relative(folder, file);
  return relative.startsWith('..') || path.isAbsolute(relative);
}

/**
 * @param {string} file as tslab calls what a file was compiled to
 * @returns {string} as it would be called beside that file
 */
function realPath(file) {
  const above = `${folder.replaceAll('\\', '/')}/${ABOVE}`;
  return file.startsWith(above) ? file.slice(above.length) : file;
}

module.exports = { isCell, lastCellMap: () => cellMap, mendBuilder, realPath };
