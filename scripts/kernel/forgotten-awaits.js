const ts = require('@tslab/typescript-for-tslab');

/**
 * Finds promises that stand where their values are wanted and that TypeScript lets pass: `promise[0]` is undefined to it,
 * and a text takes everything.
 * @param {import('typescript').Program} program
 * @param {import('typescript').SourceFile} file
 * @returns {import('typescript').Diagnostic[]}
 */
function forgottenAwaits(program, file) {
  const checker = program.getTypeChecker();
  /** @type {import('typescript').Diagnostic[]} */
  const found = [];
  /** @param {import('typescript').Expression} node */
  const promiseAt = (node) => {
    const type = checker.getTypeAtLocation(node);
    return type.symbol?.name === 'Promise' ? checker.typeToString(type) : undefined;
  };
  /** @param {import('typescript').Expression} node @param {string} messageText */
  const add = (node, messageText) => {
    const start = node.getStart(file);
    const length = node.getEnd() - start;
    const category = ts.DiagnosticCategory.Error;
    found.push({ file, start, length, messageText, category, code: 7053 });
  };
  /** @param {import('typescript').Expression} node */
  const isText = (node) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.StringLike) !== 0;

  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isElementAccessExpression(node)) {
      const { argumentExpression: key, expression } = node;
      const isOwn = ts.isStringLiteralLike(key) && key.text in Promise.prototype;
      const type =
        isOwn || !isPlain(checker.getTypeAtLocation(key)) ? undefined : promiseAt(expression);
      if (type) add(expression, `Type '${type}' has no element ${key.getText(file)}.`);
    } else if (ts.isTemplateExpression(node) && !ts.isTaggedTemplateExpression(node.parent)) {
      for (const { expression } of node.templateSpans) {
        const type = promiseAt(expression);
        if (type) add(expression, `Type '${type}' cannot be written into a text.`);
      }
    } else if (
      ts.isBinaryExpression(node) &&
      [ts.SyntaxKind.PlusToken, ts.SyntaxKind.PlusEqualsToken].includes(node.operatorToken.kind)
    ) {
      const { left, right } = node;
      for (const [one, other] of [
        [left, right],
        [right, left],
      ]) {
        const type = one && other && isText(other) ? promiseAt(one) : undefined;
        if (one && type) add(one, `Type '${type}' cannot be written into a text.`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/**
 * Whether it is a number or a text, not a symbol.
 * @param {import('typescript').Type} type
 */
function isPlain(type) {
  return (type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.StringLike)) !== 0;
}

module.exports = { forgottenAwaits };
