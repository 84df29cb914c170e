const ts = require('@tslab/typescript-for-tslab');

/**
 * Finds each `var` that belongs to a whole cell, also in its blocks and loops; those of functions belong to them.
 * @param {import('@tslab/typescript-for-tslab').SourceFile} file a cell
 * @returns {Array<import('@tslab/typescript-for-tslab').VariableDeclarationList>}
 */
function cellVars(file) {
  /** @type {Array<import('@tslab/typescript-for-tslab').VariableDeclarationList>} */
  const lists = [];
  /** @param {import('@tslab/typescript-for-tslab').Node} node */
  const visit = (node) => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
      lists.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lists;
}

/**
 * The identifiers that a declaration binds.
 * @param {import('@tslab/typescript-for-tslab').BindingName} name
 * @returns {import('@tslab/typescript-for-tslab').Identifier[]}
 */
function boundBy(name) {
  if (ts.isIdentifier(name)) return [name];
  return [...name.elements].flatMap((one) => (ts.isBindingElement(one) ? boundBy(one.name) : []));
}

/**
 * Declares for later cells each `var` of a block, with its type: TypeScript writes down those of a cell's own statements
 * alone.
 * @param {import('@tslab/typescript-for-tslab').SourceFile} file a cell
 * @param {import('@tslab/typescript-for-tslab').TypeChecker} checker
 * @returns {string} declarations, one a line
 */
function declareInnerVars(file, checker) {
  const isOuter = (
    /** @type {import('@tslab/typescript-for-tslab').VariableDeclarationList} */ { parent },
  ) => ts.isVariableStatement(parent) && parent.parent === file;
  const namesOf = (
    /** @type {import('@tslab/typescript-for-tslab').VariableDeclarationList} */ list,
  ) => list.declarations.flatMap(({ name }) => boundBy(name));
  const lists = cellVars(file);
  const known = new Set(
    lists
      .filter(isOuter)
      .flatMap(namesOf)
      .map(({ text }) => text),
  );
  const printer = ts.createPrinter({ removeComments: true });
  let declarations = '';
  for (const name of lists.filter((list) => !isOuter(list)).flatMap(namesOf)) {
    if (known.has(name.text)) continue;
    known.add(name.text);
    const type = checker.typeToTypeNode(
      checker.getTypeAtLocation(name),
      file,
      ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.UseStructuralFallback,
    );
    const written = type && printer.printNode(ts.EmitHint.Unspecified, type, file);
    declarations += `declare var ${name.text}: ${written ?? 'any'};\n`;
  }
  return declarations;
}

module.exports = { boundBy, cellVars, declareInnerVars };
