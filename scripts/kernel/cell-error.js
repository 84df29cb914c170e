const path = require('node:path');
const { inspect, types } = require('node:util');
const { explainDiagnostic } = require('./explain-diagnostic');
const { explainError, withoutStatus } = require('./explain-error');
const { frameOf } = require('./frame-of');
const { plainNames } = require('./plain-names');
const { wholeStack } = require('./readable-stacks');
const { Stopped } = require('./running-cell');

/**
 * What Jupyter's protocol says of a failed cell.
 * @typedef {{ ename: string, evalue: string, traceback: string[] }} CellError
 */

const [red, dim, plain] = ['\x1b[1;31m', '\x1b[2m', '\x1b[0m'];

/**
 * Describes what a cell threw, whatever it is.
 * @param {unknown} thrown
 * @param {import('./frame-of').Place} placeOf
 * @returns {CellError}
 */
function describeError(thrown, placeOf) {
  try {
    if (isError(thrown)) return describeNative(thrown, placeOf);
    return withHead('Thrown', shown(thrown), []);
  } catch (error) {
    return withHead('Error', notShown(error), []);
  }
}

/**
 * Whether it is an error, or what the engine does not count as one: a DOMException, and what comes from a worker.
 * @param {unknown} thrown
 * @returns {thrown is Error}
 */
function isError(thrown) {
  return (
    types.isNativeError(thrown) ||
    (typeof thrown === 'object' &&
      thrown !== null &&
      ['name', 'message', 'stack'].every(
        (key) => typeof (/** @type {any} */ (thrown)[key]) === 'string',
      ))
  );
}

/** @param {Error} thrown @param {import('./frame-of').Place} placeOf @returns {CellError} */
function describeNative(thrown, placeOf) {
  if (isInterruption(thrown)) return describeError(new Stopped(), placeOf);
  const { name, cause } = thrown;
  const { errors = [] } = /** @type {Partial<AggregateError>} */ (thrown);
  const said = withoutTensors(withoutStatus(`${thrown.message}`));
  const message = thrown instanceof TypeError ? plainNames(said) : said;
  const explanation = explainError(message, stackOf(thrown));
  const causes = [...(cause === undefined ? [] : [cause]), ...errors];
  const start = [thrown, ...causes].some(isOfRelativePath)
    ? [`A path without / at its beginning starts at process.cwd(), now ${process.cwd()}`]
    : [];
  const ofNothing = thrown instanceof TypeError ? propertyOfNothing(message) : [];
  const reason = [...start, ...ofNothing, ...causes.map((one) => `Cause: ${textOf(one)}`)];
  const frames = thrown instanceof Stopped ? [] : framesIn(stackOf(thrown), placeOf);
  const lines = frames.map((frame) => `${dim}${frame}${plain}`);
  if (explanation === undefined) return withHead(name, message, [...reason, ...lines]);
  const original = `TensorFlow.js: ${message}`;
  const told = withHead(name, explanation, [original, ...reason, ...lines]);
  return { ...told, evalue: `${explanation}\n${original}` };
}

/**
 * What the engine says last of all of a list that is too short.
 * @param {string} message
 */
function propertyOfNothing(message) {
  const [, nothing, name] =
    /^Cannot read properties of (undefined|null) \(reading '(.+)'\)$/.exec(message) ?? [];
  return name === undefined
    ? []
    : [
        `What stands in front of ${/^\d+$/.test(name) ? `[${name}]` : `.${name}`} is ${nothing}: perhaps a list has no such element, or an object no such name`,
      ];
}

/**
 * Whether a file was not found that was named without its whole path.
 * @param {unknown} error
 */
function isOfRelativePath(error) {
  const { code, message, path: file } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  const isNamed = code === 'ENOENT' && typeof file === 'string' && !path.isAbsolute(file);
  return isNamed || /^Cannot .* "(?!\/)[^"]+": it does not exist/.test(message);
}

/**
 * Describes why a cell does not compile, each reason with its line.
 * @param {import('tslab/dist/converter').Diagnostic[]} diagnostics
 * @param {string} source the cell
 * @returns {CellError}
 */
function describeDiagnostics(diagnostics, source) {
  diagnostics = withoutConsequences(diagnostics);
  const lines = source.split('\n');
  // What a function promises is not cured where it is given to another.
  const isReasonOfFunction = (/** @type {number} */ index) =>
    diagnostics
      .slice(0, index)
      .some(
        ({ start, messageText }) =>
          start.offset === diagnostics[index]?.start.offset && / => Promise</.test(messageText),
      );
  const wantedAt = (/** @type {number} */ offset) =>
    diagnostics
      .filter(({ start }) => start.offset === offset)
      .map(({ messageText }) => / is not assignable to parameter of type '(\w+)'/.exec(messageText))
      .find(Boolean)?.[1];
  const told = new Set();
  /** @param {string | undefined} cure @returns {string | undefined} nothing the second time */
  const once = (cure) => (told.has(cure) ? undefined : told.add(cure) && cure);
  const reasons = diagnostics.map(({ code, fileName, start, messageText }, index) => {
    const place = `${start.line + 1}:${start.character + 1}`;
    const shown = fileName ? undefined : lines[start.line];
    const next = diagnostics[index + 1];
    // A chain of reasons has one place, shown below the last of them.
    const isLast = next?.start.offset !== start.offset || next.fileName !== fileName;
    return {
      text: `${fileName ? `${fileName} ` : ''}${place} - ${withoutMachinePath(messageText)}`,
      cure: isReasonOfFunction(index)
        ? undefined
        : once(explainDiagnostic({ code, messageText, start }, wantedAt(start.offset), source)),
      below:
        shown !== undefined && isLast
          ? [`${dim}  ${shown}${plain}`, `${red}  ${indent(shown, start.character)}^${plain}`]
          : [],
    };
  });
  const traceback = reasons.flatMap(({ text, cure = [], below }) => [text, ...below].concat(cure));
  const evalue = reasons.flatMap(({ text, cure = [] }) => [text].concat(cure)).join('\n');
  return { ename: 'TypeScript', evalue, traceback };
}

/**
 * What is no TypeScript has names that mean nothing, and tslab exports all that a cell declares: a type that is not found
 * is reported once more, as one that is exported.
 * @param {import('tslab/dist/converter').Diagnostic[]} diagnostics
 */
function withoutConsequences(diagnostics) {
  const grammar = diagnostics.filter(({ code }) => code >= 1000 && code < 2000);
  if (grammar.length > 0) return grammar;
  const causes = diagnostics.filter(({ code }) => code < 4000 || code > 4120);
  return causes.length > 0 ? causes : diagnostics;
}

/**
 * Names a package by its name, not by where it lies.
 * @param {string} messageText
 */
function withoutMachinePath(messageText) {
  return messageText.replace(
    /import\("[^"]*\/node_modules\/((?:@[^"/]+\/)?[^"/]+)[^"]*"\)/g,
    'import("$1")',
  );
}

/** @param {string} line @param {number} column */
function indent(line, column) {
  return line.slice(0, column).replace(/\S/g, ' ');
}

/** @param {string} ename @param {string} evalue @param {string[]} below @returns {CellError} */
function withHead(ename, evalue, below) {
  return { ename, evalue, traceback: [`${red}${ename}${plain}: ${evalue}`, ...below] };
}

/**
 * Leaves out the values of a tensor that tfjs writes into a sentence: a batch of pictures has pages of them.
 * @param {string} message
 */
function withoutTensors(message) {
  return message.replace(/Tensor\n(?: {4,}.*(?:\n|$))+/g, 'a tensor');
}

/** @param {unknown} value */
function textOf(value) {
  return isError(value) ? `${value.name}: ${value.message}` : shown(value);
}

/** @param {unknown} value @returns {string} also where it has a way of its own to be shown, and that one fails */
function shown(value) {
  try {
    return typeof value === 'string' ? value : inspect(value);
  } catch (error) {
    return notShown(error);
  }
}

/** @param {unknown} error */
function notShown(error) {
  try {
    const [reason] = inspect(error, { customInspect: false, depth: 0 }).split('\n', 1);
    return `it cannot be shown, because that throws ${reason}`;
  } catch {
    return 'it cannot be shown';
  }
}

/** @param {Error} error @returns {string} empty where it has a stack of its own, and that one fails */
function stackOf(error) {
  try {
    return wholeStack(error);
  } catch {
    return '';
  }
}

/** @param {Error} thrown */
function isInterruption(thrown) {
  return 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}

/**
 * The lines of a stack that a learner can do something with: those of cells, by their lines in the cell, and of files of
 * their own. The kernel's, Node's and the packages' are left out.
 * @param {string} stack
 * @param {import('./frame-of').Place} placeOf
 */
function framesIn(stack, placeOf) {
  const frames = stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .flatMap((line) => frameOf(line, placeOf) ?? [])
    .map((frame) => `  ${frame}`);
  return frames.filter((frame, index) => frame !== frames[index - 1]);
}

module.exports = { describeDiagnostics, describeError };
