const ts = require('@tslab/typescript-for-tslab');
const { namesIn } = require('./share-variables');

/**
 * What later cells may use after a cell that failed: the variables that it had set before the error, with their new
 * types; for the others what they were before. tslab 1.0.22 forgets all that the cell declares.
 * @param {string} before the declarations before the cell, a .d.ts
 * @param {string} after those after it, had it not failed
 * @param {(name: string) => boolean} wasSet whether the cell has set a variable, function or class
 * @returns {string}
 */
function keepDeclarations(before, after, wasSet) {
  const known = new Set(parse(before).statements.flatMap(declared));
  const lost = new Set(
    parse(after)
      .statements.flatMap(declared)
      .filter((name) => !wasSet(name)),
  );
  const old = new Set([...lost].filter((name) => known.has(name)));
  return `${only(after, (name) => !lost.has(name), true)}\n${only(before, (name) => old.has(name), false)}`;
}

/** @param {string} declarations */
function parse(declarations) {
  return ts.createSourceFile('cell.d.ts', declarations, ts.ScriptTarget.Latest);
}

/**
 * The names of values that a statement declares; none for a type.
 * @param {import('@tslab/typescript-for-tslab').Node} statement
 * @returns {string[]}
 */
function declared(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    return statement.name ? [statement.name.text] : [];
  }
  return [];
}

/**
 * @param {string} declarations
 * @param {(name: string) => boolean} isWanted
 * @param {boolean} withTypes whether what declares no value stays
 */
function only(declarations, isWanted, withTypes) {
  const file = parse(declarations);
  const printer = ts.createPrinter();
  return file.statements
    .flatMap((statement) => {
      const names = declared(statement);
      if (names.length === 0 ? withTypes : names.every(isWanted)) return statement.getText(file);
      if (!ts.isVariableStatement(statement)) return [];
      const wanted = statement.declarationList.declarations.filter(({ name }) =>
        namesIn(name).some(isWanted),
      );
      if (wanted.length === 0) return [];
      const list = ts.factory.updateVariableDeclarationList(statement.declarationList, wanted);
      const rest = ts.factory.updateVariableStatement(statement, statement.modifiers, list);
      return printer.printNode(ts.EmitHint.Unspecified, rest, file);
    })
    .join('\n');
}

module.exports = { keepDeclarations };
