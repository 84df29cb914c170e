const ts = require('@tslab/typescript-for-tslab');

/**
 * Lets a cell call each function that it declares where all cells find it, so that one that a later cell declares again
 * is what the functions of this cell call.
 * @param {import('typescript').TypeChecker} checker
 * @returns {import('typescript').TransformerFactory<import('typescript').SourceFile>}
 */
function sharedFunctions(checker) {
  return (context) => (file) => {
    /** @param {import('typescript').Identifier} name */
    const isOfCell = (name) =>
      checker
        .getSymbolAtLocation(name)
        ?.declarations?.some(
          (one) => ts.isFunctionDeclaration(one) && one.body && one.parent === file,
        ) ?? false;
    /** @type {import('typescript').Visitor} */
    const visit = (node) => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
      if (ts.isExportDeclaration(node)) return node;
      if (!ts.isIdentifier(node)) return ts.visitEachChild(node, visit, context);
      const { parent } = node;
      const isName = ts.isFunctionDeclaration(parent) && parent.name === node;
      if (isName || !isOfCell(node)) return node;
      const { factory } = context;
      const kernel = factory.createIdentifier('exports');
      const shared = factory.createPropertyAccessExpression(kernel, node);
      // Called as a function, not as a method of all variables.
      return ts.isCallExpression(parent) && parent.expression === node
        ? factory.createParenthesizedExpression(
            factory.createComma(factory.createNumericLiteral(0), shared),
          )
        : shared;
    };
    return ts.visitEachChild(file, visit, context);
  };
}

module.exports = { sharedFunctions };
