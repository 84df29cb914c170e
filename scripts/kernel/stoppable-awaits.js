const ts = require('@tslab/typescript-for-tslab');

/**
 * Lets each `await` of a module, also in its functions, wait for what `running-cell` makes of the value, so that Stop
 * ends a cell there.
 * @type {import('typescript').TransformerFactory<import('typescript').SourceFile>}
 */
const stoppableAwaits = (context) => (file) => {
  const { factory } = context;
  /** @param {string} name @param {import('typescript').Expression} value */
  const call = (name, value) => {
    const kernel = factory.createIdentifier('__tslab__');
    return factory.createCallExpression(
      factory.createPropertyAccessExpression(kernel, name),
      undefined,
      [value],
    );
  };
  /** @param {boolean} isAtEnd whether it stands in a `finally` @returns {import('typescript').Visitor} */
  const visitor = (isAtEnd) => (node) => {
    const visit = visitor(isAtEnd && !ts.isFunctionLike(node));
    if (ts.isTryStatement(node) && node.finallyBlock) {
      return factory.updateTryStatement(
        node,
        ts.visitEachChild(node.tryBlock, visit, context),
        node.catchClause && ts.visitEachChild(node.catchClause, visit, context),
        ts.visitEachChild(node.finallyBlock, visitor(true), context),
      );
    }
    const inside = ts.visitEachChild(node, visit, context);
    if (ts.isAwaitExpression(inside)) {
      const name = isAtEnd ? 'awaitedAtEnd' : 'awaited';
      return factory.updateAwaitExpression(inside, call(name, inside.expression));
    }
    if (ts.isForOfStatement(inside) && inside.awaitModifier) {
      const { awaitModifier, initializer, expression, statement } = inside;
      const each = call('eachAwaited', expression);
      return factory.updateForOfStatement(inside, awaitModifier, initializer, each, statement);
    }
    return inside;
  };
  return ts.visitEachChild(file, visitor(false), context);
};

module.exports = { stoppableAwaits };
