const path = require('node:path');
const { ESLint } = require('eslint');
const { root } = require('../setup/paths');

/**
 * @typedef {import('./read-cells').Notebook} Notebook
 * @typedef {import('./read-cells').CodeCell} CodeCell
 * @typedef {import('./read-cells').Problem} Problem
 */

/**
 * Lints the code cells of a notebook with the project's ESLint as one module, so that a name which a later cell uses
 * counts as used.
 * @param {Notebook} notebook
 * @returns {Promise<Problem[]>}
 */
async function checkCellLint({ file, name, cells }) {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText(cells.map(({ source }) => source).join('\n'), {
    // The rules are those of a TypeScript file in `notebooks`, also for a notebook that lies elsewhere.
    filePath: path.join(root, 'notebooks', `${path.basename(file, '.ipynb')}.ts`),
  });
  const places = cells.flatMap((cell) =>
    cell.source.split('\n').map((_, index) => ({ cell, line: index + 1 })),
  );
  /** @type {Problem[]} */
  const problems = [];
  for (const message of result?.messages ?? []) {
    if (message.fatal) {
      // Where the parser gave up may be in a later cell than the mistake.
      const got = message.message.replace(/^Parsing error: /, '');
      problems.push({
        notebook: name,
        message: `ESLint must be able to read the cells, and got ${got}`,
      });
      continue;
    }
    const { cell, line } = places[message.line - 1] ?? {};
    if (cell && message.ruleId === '@typescript-eslint/no-unused-expressions') {
      const end = places[(message.endLine ?? message.line) - 1];
      if (end?.cell === cell && isLast(cell, end.line, message.endColumn ?? 1)) continue;
    }
    problems.push({
      notebook: name,
      cell: cell?.number,
      line,
      message: `${message.message} (${message.ruleId})`,
    });
  }
  return problems;
}

/**
 * Whether nothing but space and comments follows: tslab prints a cell's value when its last statement is an expression,
 * and no other.
 * @param {CodeCell} cell
 * @param {number} line where the statement ends, counted from 1
 * @param {number} column counted from 1
 */
function isLast({ source }, line, column) {
  const [rest = '', ...after] = source.split('\n').slice(line - 1);
  return /^(\s|\/\/.*|\/\*[^]*?\*\/)*$/.test([rest.slice(column - 1), ...after].join('\n'));
}

module.exports = { checkCellLint };
