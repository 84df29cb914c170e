const ts = require('typescript');
const { findMachinePath } = require('./find-machine-path');
const { joined } = require('./read-cells');

/**
 * @typedef {import('./read-cells').Notebook} Notebook
 * @typedef {import('./read-cells').CodeCell} CodeCell
 * @typedef {import('./read-cells').Output} Output
 * @typedef {import('./read-cells').Problem} Problem
 */

/** What set-up installs the kernel as: scripts/setup/kernelspec.js. */
const kernel = { name: 'smile-lab', display_name: 'Smile Lab (TypeScript)' };

/** An output above this makes the notebook slow to open, and code hosts stop previewing it. */
const mostBytes = 1_000_000;
/** What each `show…` helper keeps to, so that all lessons together stay small. */
const mostPictureBytes = 200_000;

/**
 * Checks the outputs that are committed with a notebook: all cells were run from the top by the project's kernel, none
 * failed or warned, pictures are there, and nothing is huge or tells about the machine.
 * @param {Notebook} notebook
 * @returns {Problem[]}
 */
function checkOutputs({ name, json, cells }) {
  const got = json.metadata?.kernelspec;
  /** @type {Problem[]} */
  const problems = [];
  if (got?.name !== kernel.name || got.display_name !== kernel.display_name) {
    problems.push({
      notebook: name,
      message: `the kernel must be "${kernel.name}", displayed as "${kernel.display_name}", and got "${got?.name}", "${got?.display_name}"`,
    });
  }
  problems.push(...checkOrder(name, cells));
  for (const cell of cells) {
    const messages = [...(cell.json.outputs ?? []).flatMap(checkOutput), ...checkPictures(cell)];
    problems.push(...messages.map((message) => ({ notebook: name, cell: cell.number, message })));
  }
  return problems;
}

/**
 * @param {string} notebook
 * @param {CodeCell[]} cells
 * @returns {Problem[]} one at most: what follows a cell out of order is out of order too
 */
function checkOrder(notebook, cells) {
  const disordered = cells.filter(({ number, json }) => json.execution_count !== number);
  const [first] = disordered;
  if (!first) return [];
  const { number, source, json } = first;
  const got = source.trim() === '' ? 'an empty cell' : (json.execution_count ?? 'none');
  const more = disordered.length > 1 ? ` (and ${disordered.length - 1} more)` : '';
  return [
    {
      notebook,
      cell: number,
      message: `code cells must have been executed from the top: execution count ${number} is required, and got ${got}${more}`,
    },
  ];
}

/** @param {Output} output */
function checkOutput(output) {
  const problems = [];
  if (output.output_type === 'error') {
    problems.push(`no error may be committed, and got "${output.ename}: ${output.evalue}"`);
  }
  const texts = textsOf(output);
  if (output.output_type === 'stream' && output.name === 'stderr') {
    const [line] = joined(output.text).trim().split('\n');
    problems.push(`nothing may be written to standard error, and got "${line}"`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(output));
  if (bytes > mostBytes) {
    problems.push(`an output of at most ${mostBytes} bytes is required, and got ${bytes}`);
  }
  for (const [type, content] of Object.entries(output.data ?? {})) {
    const size = Buffer.byteLength(contentOf(content));
    if (size <= mostPictureBytes || picturesIn({ [type]: content }).length === 0) continue;
    problems.push(
      `a picture of at most ${mostPictureBytes} bytes is required, and got ${size} of ${type}`,
    );
  }
  const machinePath = texts.map(findMachinePath).find(Boolean);
  if (machinePath) problems.push(`no machine's path may be committed, and got "${machinePath}"`);
  return problems;
}

/**
 * All texts of an output; a PNG's letters are none.
 * @param {Output} output
 */
function textsOf({ text, data = {}, ename = '', evalue = '' }) {
  const shown = Object.entries(data)
    .filter(([type]) => !type.startsWith('image/') || type === 'image/svg+xml')
    .map(([, content]) => contentOf(content));
  return [joined(text), ...shown, ename, evalue];
}

/** @param {CodeCell} cell */
function checkPictures({ source, json }) {
  const outputs = json.outputs ?? [];
  const counts = outputs.flatMap(({ data = {} }) => picturesIn(data));
  if (counts.includes('empty')) {
    return ['a picture must be stored in the notebook, and got one without content'];
  }
  const caller = json.execution_count == null ? undefined : calledShow(source);
  if (caller === undefined || counts.includes('stored')) return [];
  const types = outputs.flatMap(({ data, output_type }) =>
    data ? Object.keys(data) : output_type,
  );
  return [
    `${caller}() must leave a picture among the outputs, and got ${types.join(', ') || 'no output'}`,
  ];
}

/**
 * @param {Record<string, unknown>} data an output by MIME type
 * @returns {Array<'stored' | 'empty'>} one for each picture
 */
function picturesIn(data) {
  return Object.entries(data).flatMap(([type, content]) => {
    const text = contentOf(content);
    if (type.startsWith('image/')) return text.trim() === '' ? 'empty' : 'stored';
    if (type !== 'text/html') return [];
    const images = (text.match(/<img\b[^>]*>/g) ?? []).map((image) =>
      /\bsrc=["']data:image\/[^,"']+,[^"']/.test(image) ? 'stored' : 'empty',
    );
    return /** @type {Array<'stored' | 'empty'>} */ (images);
  });
}

/**
 * @param {unknown} content text, lines of text, or a JSON value
 * @returns {string}
 */
function contentOf(content) {
  if (typeof content === 'string') return content;
  const isLines = Array.isArray(content) && content.every((line) => typeof line === 'string');
  return isLines ? content.join('') : JSON.stringify(content);
}

/**
 * The first `show…` helper that a cell calls; a call inside a function that the cell only defines is none.
 * @param {string} source
 * @returns {string | undefined}
 */
function calledShow(source) {
  /** @type {(node: ts.Node) => string | undefined} */
  const find = (node) => {
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return undefined;
    if (ts.isVariableDeclaration(node) && node.initializer && isFunction(node.initializer)) {
      return undefined;
    }
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      const text = ts.isIdentifier(name) ? name.text : '';
      if (/^show[A-Z]/.test(text)) return text;
    }
    return ts.forEachChild(node, find);
  };
  return find(ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ES2022));
}

/** @param {ts.Node} node */
function isFunction(node) {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

module.exports = { checkOutputs };
