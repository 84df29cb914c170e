const ts = require('@tslab/typescript-for-tslab');

/**
 * Finds what Python computes with tensors and lists and TypeScript lets pass without a word: `tensor[0]`, `dataset[0]` and
 * `list[-1]` are undefined, `a == b` of two tensors is false, and `-tensor` and `Number(tensor)` are NaN.
 * @param {import('typescript').Program} program
 * @param {import('typescript').SourceFile} file
 * @returns {import('typescript').Diagnostic[]}
 */
function tensorHabits(program, file) {
  const checker = program.getTypeChecker();
  /** @type {import('typescript').Diagnostic[]} */
  const found = [];
  /** @param {import('typescript').Expression} node */
  const nameAt = (node) => checker.getTypeAtLocation(node).symbol?.name ?? '';
  /** @param {import('typescript').Expression} node */
  const isTensor = (node) => ['Tensor', 'Variable'].includes(nameAt(node));
  /**
   * Also what a method of a tensor gives, which is of any type where any is wanted.
   * @param {import('typescript').Expression} node
   */
  const isTensorForAny = (node) =>
    isTensor(node) ||
    (ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      isTensor(node.expression.expression) &&
      (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0);
  /** @param {import('typescript').Expression} node @param {string} messageText */
  const add = (node, messageText) => {
    const start = node.getStart(file);
    const length = node.getEnd() - start;
    const category = ts.DiagnosticCategory.Error;
    found.push({ file, start, length, messageText, category, code: 7053 });
  };
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isElementAccessExpression(node)) {
      const { argumentExpression: key, expression } = node;
      const isNumber = (checker.getTypeAtLocation(key).flags & ts.TypeFlags.NumberLike) !== 0;
      if (isNumber && isTensor(expression)) {
        add(node, `A tensor has no element ${key.getText(file)}.`);
      } else if (isNumber && /Dataset$/.test(nameAt(expression))) {
        add(node, `A dataset has no element ${key.getText(file)}.`);
      } else if (
        /^-\d+$/.test(key.getText(file)) &&
        /^(?:Readonly)?Array$/.test(nameAt(expression))
      ) {
        add(node, `A list has no element ${key.getText(file)}.`);
      }
    } else if (ts.isCallExpression(node) && node.expression.getText(file) === 'Number') {
      const [value] = node.arguments;
      if (value && isTensorForAny(value))
        add(value, 'A tensor is no number, and Number() makes NaN of it.');
    } else if (ts.isPrefixUnaryExpression(node) && isTensor(node.operand)) {
      if (node.operator === ts.SyntaxKind.MinusToken) {
        add(node, "Operator '-' cannot be applied to type 'Tensor<Rank>'.");
      }
    } else if (ts.isBinaryExpression(node) && isTensor(node.left) && isTensor(node.right)) {
      const sign = node.operatorToken.getText(file);
      if (sign === '==' || sign === '!=') {
        add(
          node,
          `Operator '${sign}' asks whether two tensors are one, not whether their values are equal.`,
        );
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

module.exports = { tensorHabits };
