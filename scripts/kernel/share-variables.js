const ts = require('@tslab/typescript-for-tslab');

/**
 * Lets all cells share one variable of a name, as in Python: what a later cell declares again or sets is what the
 * functions of an earlier cell see. tslab 1.0.22 gives each cell a variable of its own and tells the others its value.
 * An exported variable is read and written where the others find it, so each one is exported where it is declared.
 * @param {string} module a compiled cell: an ES module that ends in `export { its names };`
 * @returns {string} one that means the same, line by line
 */
function shareVariables(module) {
  const file = ts.createSourceFile('cell.js', module, ts.ScriptTarget.Latest);
  const list = [...file.statements]
    .reverse()
    .find((one) => ts.isExportDeclaration(one) && !one.moduleSpecifier);
  if (!list || !ts.isExportDeclaration(list) || !list.exportClause) return module;
  const { exportClause } = list;
  if (!ts.isNamedExports(exportClause)) return module;

  const listed = new Set(exportClause.elements.map(({ name }) => name.text));
  /** @type {Array<[position: number, text: string]>} */
  const insertions = [];
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement) || statement.modifiers) continue;
    const { declarations } = statement.declarationList;
    const names = declarations.flatMap(({ name }) => namesIn(name));
    if (!names.every((name) => listed.has(name))) continue;
    for (const name of names) listed.delete(name);
    insertions.push([statement.getStart(file), 'export ']);
    for (const { initializer, name } of declarations) {
      if (!initializer) insertions.push([name.getEnd(), ' = undefined']);
      else if (ts.isIdentifier(name) && isNamedByVariable(initializer)) {
        insertions.push([initializer.getStart(file), `({ ${name.text}: `]);
        insertions.push([initializer.getEnd(), ` }).${name.text}`]);
      }
    }
  }
  const [start, end] = [list.getStart(file), list.getEnd()];
  const text = `${module.slice(0, start)}export { ${[...listed].join(', ')} };${module.slice(end)}`;
  return insertions
    .filter(([position]) => position < start)
    .sort(([a], [b]) => b - a)
    .reduce((all, [at, inserted]) => all.slice(0, at) + inserted + all.slice(at), text);
}

/**
 * Whether JavaScript gives a value the name of its variable; it gives none to what is set as `exports.name`.
 * @param {import('@tslab/typescript-for-tslab').Expression} value
 */
function isNamedByVariable(value) {
  if (ts.isFunctionExpression(value) || ts.isClassExpression(value))
    return value.name === undefined;
  return ts.isArrowFunction(value);
}

/**
 * @param {import('@tslab/typescript-for-tslab').BindingName} name
 * @returns {string[]}
 */
function namesIn(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return [...name.elements].flatMap((one) => (ts.isBindingElement(one) ? namesIn(one.name) : []));
}

module.exports = { namesIn, shareVariables };
