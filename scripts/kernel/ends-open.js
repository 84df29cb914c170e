const ts = require('@tslab/typescript-for-tslab');

/** The compiler's «unterminated template literal», and that of a comment. */
const open = [1160, 1010];

/**
 * Whether more must follow in a console, for a reason that tslab 1.0.22 does not know: it takes a text between backticks
 * that is not closed for a whole cell.
 * @param {string} code
 */
function endsOpen(code) {
  if (/\n\s*\n\s*$/.test(code)) return false;
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  /** @type {import('typescript').Diagnostic[]} */
  const found = /** @type {any} */ (file).parseDiagnostics;
  return found.some((one) => open.includes(one.code));
}

module.exports = { endsOpen };
