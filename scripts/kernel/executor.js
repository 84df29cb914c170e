const vm = require('node:vm');
const { describeDiagnostics, describeError } = require('./cell-error');
const { cellLines } = require('./cell-lines');
const { noteFailed } = require('./failed-cells');
const { keepDeclarations } = require('./keep-declarations');
const { lastMaps } = require('./lend-typescript');
const { notePackages } = require('./plain-names');
const { refuseOwnSource } = require('./refuse-own-source');
const { awaited, awaitedAtEnd, eachAwaited, endCell, runCell } = require('./running-cell');
const { sideModules } = require('./side-modules');
const { getCodeMetadata } = require('./tslab');

/**
 * @typedef {import('./cell-error').CellError} CellError
 * @typedef {{ value?: unknown, error?: CellError }} Outcome what a cell gave; its last line's value, if it has one
 */

/**
 * Runs cells one after the other, each with what those before it have declared. As tslab's own executor, but what went
 * wrong is returned rather than printed, a failed cell's variables are kept, and Stop is seen in a cell's first moments.
 * @param {string} folder the notebook's
 * @param {import('tslab/dist/converter').Converter} converter
 */
function createExecutor(folder, converter) {
  const modules = sideModules(folder);
  /** @type {Record<string, unknown>} */
  const variables = {};
  Object.assign(globalThis, {
    __tslab__: {
      exports: variables,
      require: modules.require,
      awaited,
      awaitedAtEnd,
      eachAwaited,
    },
  });
  let declarations = '';
  /** Where the lines of each cell that has run came from. @type {Map<string, ReturnType<typeof cellLines>>} */
  const lines = new Map();

  /** @type {import('./frame-of').Place} */
  const placeOf = (script, line, column) => {
    const found = lines.get(script)?.(line, column);
    return found && `${script}, line ${found}`;
  };

  /**
   * @param {string} source
   * @param {() => void} checkStop
   * @param {string} name
   * @returns {Promise<Outcome>}
   */
  async function run(source, checkStop, name) {
    const { module, mode } = getCodeMetadata(source);
    if (module) {
      const problems = converter.addModule(module, source);
      return problems.length > 0 ? { error: describeDiagnostics(problems, source) } : {};
    }
    if (mode === 'browser') return {};
    refuseOwnSource(source, folder);
    const converted = converter.convert(declarations, source);
    if (converted.diagnostics.length > 0) {
      noteFailed(source);
      return { error: describeDiagnostics(converted.diagnostics, source) };
    }
    modules.update(converted.sideOutputs ?? []);
    const { output = '', declOutput = '', hasToplevelAwait, lastExpressionVar } = converted;
    notePackages(output);
    lines.set(name, cellLines(lastMaps(), output.split('\n').length));

    // Node tells of a signal between two turns of its loop, and forgets it when a cell begins before.
    await turns(4);
    checkStop();
    const before = { ...variables };
    try {
      const head = `(${hasToplevelAwait ? 'async ' : ''}function(exports, require) { `;
      const code = `${head}${plainExports(output)}\n})(__tslab__.exports, __tslab__.require)`;
      const running = vm.runInThisContext(code, { filename: name, breakOnSigint: true });
      if (hasToplevelAwait) await running;
      // What was rejected meanwhile, and awaited by nobody, is told while the cell still runs.
      await turns(1);
    } catch (error) {
      const wasSet = (/** @type {string} */ one) =>
        one in variables && (!(one in before) || before[one] !== variables[one]);
      declarations = keepDeclarations(declarations, declOutput, wasSet);
      throw error;
    }
    declarations = declOutput;
    if (!lastExpressionVar) return {};
    const value = variables[lastExpressionVar];
    // Not deleted: V8 would look up all variables more slowly from then on.
    variables[lastExpressionVar] = undefined;
    // JavaScript gives a function without a name that of the variable.
    if (typeof value === 'function' && value.name === lastExpressionVar) {
      Object.defineProperty(value, 'name', { value: '' });
    }
    return { value };
  }

  return {
    /**
     * @param {string} source a cell
     * @param {string} name what its lines are called in a traceback
     * @returns {Promise<Outcome>}
     */
    async execute(source, name) {
      try {
        return await runCell((checkStop) => run(source, checkStop, name));
      } catch (error) {
        return { error: describeError(error, placeOf) };
      }
    },
    /** @param {unknown} error that came otherwise than from a cell's code itself */
    describe: (error) => describeError(error, placeOf),
    placeOf,
    /**
     * Ends the cell that runs, where it awaits. One that computes is ended by the signal itself before its first await;
     * behind it Node hears of no signal until the next await.
     */
    interrupt: endCell,
    /** @param {string} source @param {number} position */
    inspect: (source, position) => converter.inspect(declarations, source, position),
    /** @param {string} source @param {number} position */
    complete: (source, position) => converter.complete(declarations, source, position),
    close: () => converter.close(),
  };
}

/** @param {number} count */
async function turns(count) {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Writes what a cell exports as plain assignments: the variables of all cells are one object, which must let itself be
 * overwritten, and what a failed cell has not set must stay as it was.
 * @param {string} output as TypeScript writes it
 */
function plainExports(output) {
  return output
    .replace(/^Object\.defineProperty\(exports, "__esModule", .*$/m, '')
    .replace(/^(?:exports\.[\w$]+ = )+void 0;$/m, '')
    .replace(
      /^Object\.defineProperty\(exports, ("[^"]+"), \{ enumerable: true, get: function \(\) \{ return (.+); \} \}\);$/gm,
      'exports[$1] = $2;',
    );
}

module.exports = { createExecutor };
