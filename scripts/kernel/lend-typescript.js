const ts = require('@tslab/typescript-for-tslab');
const { forgottenAwaits } = require('./forgotten-awaits');
const { tensorHabits } = require('./tensor-habits');
const { aliasPaths } = require('./package-aliases');
const { isCell, lastCellMap, mendBuilder } = require('./mend-builder');
const { namesOfFiles } = require('./names-of-files');
const { createOneProgram } = require('./one-program');
const { stoppableAwaits } = require('./stoppable-awaits');

/** «File is not under rootDir», about an import from the folder above. */
const outsideOfRoot = 6059;

/** «An argument for 'path' was not provided.» */
const notProvided = 6210;

/**
 * Of TypeScript's __importDefault(): it gives nothing for `import tf from '…'` where a module says that it is an ES
 * module and has no default, and then the whole module is meant, as in Node.
 */
const withoutDefault = /(return \(mod && mod\.__esModule)\)/;

/** The maps of the cell that was compiled last: from what runs to an ES module, and from there to the cell. */
let maps = ['', ''];

/**
 * Gives tslab 1.0.22 a TypeScript in which is mended what tslab does not let one set: an import of a file from outside
 * the notebook's folder, variables that all cells share, and maps that lead from the code that runs back to the cell.
 */
function lendTypeScript() {
  const loaded = require.cache[require.resolve('@tslab/typescript-for-tslab')];
  if (!loaded) throw new Error('Cannot mend the compiler: it must be loaded, and is not');
  loaded.exports = {
    ...ts,
    createWatchCompilerHost,
    getPreEmitDiagnosticsOfFiles,
    transpileModule,
  };
}

/**
 * @param {string[]} files
 * @param {import('typescript').CompilerOptions} options
 * @param {import('typescript').System} system
 * @param {null} _ the way to make a program, of which tslab names none
 * @param {unknown[]} rest
 */
function createWatchCompilerHost(files, options, system, _, ...rest) {
  const create = /** @type {Function} */ (ts.createWatchCompilerHost);
  const mended = { ...options, sourceMap: true, paths: aliasPaths() };
  const host = withTimers(create(files, mended, system, createOneProgram, ...rest));
  /** @type {((builder: object) => void) | undefined} */
  let after;
  return Object.defineProperty(host, 'afterProgramCreate', {
    get: () => after && ((/** @type {any} */ builder) => after?.(mendBuilder(builder))),
    set: (listener) => (after = listener),
  });
}

/**
 * tslab keeps one timer of the compiler, that of compiling a cell, and fails at a second one: the compiler sets it when
 * something appears in `node_modules`, to look for packages anew.
 * @param {any} host
 */
function withTimers(host) {
  const { setTimeout: setCellTimer, clearTimeout: clearCellTimer } = host;
  /** @type {WeakSet<object>} */
  const cellTimers = new WeakSet();
  host.setTimeout = (/** @type {() => void} */ callback, /** @type {number} */ ms) => {
    if (callback.name !== 'updateProgramWithWatchStatus') return setTimeout(callback, ms).unref();
    const timer = setCellTimer(callback, ms);
    cellTimers.add(timer);
    return timer;
  };
  host.clearTimeout = (/** @type {any} */ timer) =>
    cellTimers.delete(timer) ? clearCellTimer(timer) : clearTimeout(timer);
  return host;
}

/** @param {import('typescript').Program} program @param {import('typescript').SourceFile[]} files */
function getPreEmitDiagnosticsOfFiles(program, files) {
  /** @type {import('typescript').Diagnostic[]} */
  const found = /** @type {any} */ (ts).getPreEmitDiagnosticsOfFiles(program, files);
  const typed = files.filter(({ fileName }) => fileName.endsWith('.ts'));
  return [
    ...found.filter(({ code }) => code !== outsideOfRoot).map(withMissingArgument),
    ...typed.flatMap((file) => forgottenAwaits(program, file)),
    ...typed.filter(isCell).flatMap((file) => tensorHabits(program, file)),
    ...typed.filter(isCell).flatMap((file) => namesOfFiles(program, file)),
  ];
}

/**
 * Says of a call with too few arguments which is missing: tslab shows no second sentence of a diagnostic.
 * @param {import('typescript').Diagnostic} diagnostic
 * @returns {import('typescript').Diagnostic}
 */
function withMissingArgument(diagnostic) {
  const { messageText, relatedInformation = [] } = diagnostic;
  const missing = relatedInformation.find(({ code }) => code === notProvided)?.messageText;
  if (typeof messageText !== 'string' || typeof missing !== 'string') return diagnostic;
  return { ...diagnostic, messageText: `${messageText} ${missing}` };
}

/** @param {string} module @param {import('typescript').TranspileOptions} options */
function transpileModule(module, options) {
  const compilerOptions = { ...options.compilerOptions, sourceMap: true };
  const transformers = { before: [stoppableAwaits] };
  const result = ts.transpileModule(module, { ...options, compilerOptions, transformers });
  maps = [result.sourceMapText ?? '', lastCellMap()];
  const outputText = result.outputText
    .replace(/\/\/# sourceMappingURL=\S+\s*$/, '')
    .replace(withoutDefault, '$1 && "default" in mod)');
  return { ...result, outputText };
}

module.exports = { lastMaps: () => maps, lendTypeScript };
