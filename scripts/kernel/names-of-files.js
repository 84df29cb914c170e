const ts = require('@tslab/typescript-for-tslab');

/** What Node gives a file, and no cell. */
const names = ['__dirname', '__filename', 'module'];

/**
 * Finds what only a file has, and TypeScript takes a cell for one: `__dirname`, `__filename`, `module` and
 * `import.meta`.
 * @param {import('typescript').Program} program
 * @param {import('typescript').SourceFile} file a cell
 * @returns {import('typescript').Diagnostic[]}
 */
function namesOfFiles(program, file) {
  const checker = program.getTypeChecker();
  /** @type {import('typescript').Diagnostic[]} */
  const found = [];
  /** @param {import('typescript').Node} node */
  const isOfFile = (node) => {
    if (ts.isMetaProperty(node)) return node.keywordToken === ts.SyntaxKind.ImportKeyword;
    if (!ts.isIdentifier(node) || !names.includes(node.text)) return false;
    const places = checker.getSymbolAtLocation(node)?.declarations ?? [];
    return (
      !ts.isTypeOfExpression(node.parent) &&
      places.some((one) => one.getSourceFile().fileName.includes('/@types/node/'))
    );
  };
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (isOfFile(node)) {
      const start = node.getStart(file);
      const name = node.getText(file);
      const messageText = `A cell is no file and has no ${name}. process.cwd() is the folder of its notebook.`;
      const category = ts.DiagnosticCategory.Error;
      found.push({ file, start, length: name.length, messageText, category, code: 7053 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

module.exports = { namesOfFiles };
