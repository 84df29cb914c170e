const ts = require('@tslab/typescript-for-tslab');
const { boundBy, cellVars } = require('./cell-vars');

/** @typedef {[start: number, end: number, text: string]} Edit what stands in place of a piece of the module */

/**
 * Lets all cells share one variable, class or function of a name, as in Python: what a later cell declares again or sets
 * is what the functions of an earlier cell see. tslab 1.0.22 gives each cell a variable of its own and tells the others
 * its value. An exported variable is read and written where the others find it, so each one is exported where it is
 * declared; a `var`, which may be declared many times, at the head.
 * @param {string} module a compiled cell: an ES module that ends in `export { its names };`
 * @returns {string} one that means the same, line by line
 */
function shareVariables(module) {
  const file = ts.createSourceFile('cell.js', module, ts.ScriptTarget.Latest, true);
  const list = [...file.statements]
    .reverse()
    .find((one) => ts.isExportDeclaration(one) && !one.moduleSpecifier);
  if (!list || !ts.isExportDeclaration(list) || !list.exportClause) return module;
  const { exportClause } = list;
  if (!ts.isNamedExports(exportClause)) return module;

  const listed = new Set(exportClause.elements.map(({ name }) => name.text));
  const vars = sharedVars(file, listed);
  const edits = [...vars.edits];
  let head = vars.head;
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement) && !statement.modifiers) {
      edits.push(...sharedLets(statement, file, listed));
    } else if (
      ts.isClassDeclaration(statement) &&
      statement.name &&
      listed.has(statement.name.text)
    ) {
      const { text } = statement.name;
      listed.delete(text);
      edits.push(insertion(statement.getStart(file), `export let ${text} = `));
      edits.push(insertion(statement.getEnd(), ';'));
    } else if (ts.isFunctionDeclaration(statement) && listed.has(statement.name?.text ?? '')) {
      // It is there from the beginning on.
      head += `exports.${statement.name?.text} = ${statement.name?.text}; `;
    }
  }
  if (edits.length === 0 && head === '') return module;
  edits.push([list.getStart(file), list.getEnd(), `export { ${[...listed].join(', ')} };`]);
  return edits
    .sort(([a], [b]) => b - a)
    .reduce((all, [from, to, text]) => all.slice(0, from) + text + all.slice(to), module)
    .replace(/^/, head);
}

/**
 * @param {import('@tslab/typescript-for-tslab').VariableStatement} statement `let` or `const`
 * @param {import('@tslab/typescript-for-tslab').SourceFile} file
 * @param {Set<string>} listed those that it shares are taken out
 * @returns {Edit[]}
 */
function sharedLets({ declarationList }, file, listed) {
  const { declarations } = declarationList;
  const names = declarations.flatMap(({ name }) => namesIn(name));
  if (!names.every((name) => listed.has(name))) return [];
  for (const name of names) listed.delete(name);
  const unset = declarations.filter(({ initializer }) => !initializer);
  return [
    insertion(declarationList.getStart(file), 'export '),
    ...unset.map(({ name }) => insertion(name.getEnd(), ' = undefined')),
    ...declarations.flatMap((one) => named(one, file)),
  ];
}

/**
 * Makes of each `var` an assignment: `for (i = 0; …)`. One that is declared without a value begins without one, also
 * where a cell before has set it; another is what it was until it is set.
 * @param {import('@tslab/typescript-for-tslab').SourceFile} file
 * @param {Set<string>} listed those that it shares are taken out
 */
function sharedVars(file, listed) {
  /** @type {Map<string, boolean>} whether it is declared with a value */
  const names = new Map();
  /** @type {Edit[]} */
  const edits = [];
  for (const list of cellVars(file)) {
    const { declarations, parent } = list;
    const isSet = declarations.some(({ initializer }) => initializer);
    const isOfLoop = ts.isForInStatement(parent) || ts.isForOfStatement(parent);
    for (const { name, initializer } of declarations) {
      for (const one of namesIn(name)) if (!names.has(one)) names.set(one, Boolean(initializer));
    }
    const first = declarations[0]?.getStart(file) ?? list.getEnd();
    if (!isSet && !isOfLoop) {
      edits.push([list.getStart(file), list.getEnd(), '']);
      continue;
    }
    edits.push([list.getStart(file), first, '']);
    if (isOfLoop) continue;
    for (const one of declarations) {
      edits.push(...named(one, file));
      // A pattern at the beginning of a statement would be a block.
      if (ts.isIdentifier(one.name)) continue;
      edits.push(insertion(one.getStart(file), '('), insertion(one.getEnd(), ')'));
    }
  }
  for (const name of names.keys()) listed.delete(name);
  const declared = [...names].map(([name, isSet]) => (isSet ? name : `${name} = undefined`));
  return { edits, head: declared.length > 0 ? `export var ${declared.join(', ')}; ` : '' };
}

/**
 * JavaScript gives a function or class the name of its variable, but none to what is set as `exports.name`.
 * @param {import('@tslab/typescript-for-tslab').VariableDeclaration} declaration
 * @param {import('@tslab/typescript-for-tslab').SourceFile} file
 * @returns {Edit[]}
 */
function named({ initializer, name }, file) {
  if (!initializer || !ts.isIdentifier(name) || !isNamedByVariable(initializer)) return [];
  return [
    insertion(initializer.getStart(file), `({ ${name.text}: `),
    insertion(initializer.getEnd(), ` }).${name.text}`),
  ];
}

/** @param {import('@tslab/typescript-for-tslab').Expression} value */
function isNamedByVariable(value) {
  if (ts.isFunctionExpression(value) || ts.isClassExpression(value))
    return value.name === undefined;
  return ts.isArrowFunction(value);
}

/** @param {number} at @param {string} text @returns {Edit} */
function insertion(at, text) {
  return [at, at, text];
}

/**
 * @param {import('@tslab/typescript-for-tslab').BindingName} name
 * @returns {string[]}
 */
function namesIn(name) {
  return boundBy(name).map(({ text }) => text);
}

module.exports = { namesIn, shareVariables };
