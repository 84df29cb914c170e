import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** What can be imported from the library, and the files that declare it, from the project's root. */
export interface PublicNames {
  values: Map<string, string>;
  types: Map<string, string>;
}

/** Reads the exports of `src/index.ts`. */
export function publicNames(): PublicNames {
  const file = path.join('src', 'index.ts');
  const index = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const found: PublicNames = { values: new Map(), types: new Map() };
  for (const statement of index.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) continue;
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    for (const { name, isTypeOnly } of (statement.exportClause as ts.NamedExports).elements) {
      const into = isTypeOnly || statement.isTypeOnly ? found.types : found.values;
      into.set(name.text, `${path.join('src', text)}.ts`);
    }
  }
  return found;
}
