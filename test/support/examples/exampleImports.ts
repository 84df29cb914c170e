import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { type Example, freeNames, sourceFiles } from './readExamples';

/** What examples take for granted: "the model", "the batch". */
export const CONTEXT = path.join('test', 'support', 'examples', 'exampleContext.ts');

/** Modules that a reader knows, by the names under which examples use them. */
const known: Record<string, string[]> = {
  display: ["import { display } from 'tslab'"],
  fs: ["import fs from 'node:fs'"],
  path: ["import path from 'node:path'"],
  seedrandom: ["import seedrandom from 'seedrandom'"],
  readFile: ["import { readFile } from 'node:fs/promises'"],
  writeFile: ["import { writeFile } from 'node:fs/promises'"],
  readdir: ["import { readdir } from 'node:fs/promises'"],
};

let exported: Map<string, string[]> | undefined;
let context: Set<string> | undefined;

/** The statements that import what an example uses: from its own file, from the rest of `src`, or from the context. */
export function exampleImports({ file, code }: Example): {
  statements: string[];
  /** Whether it uses something that only the reader has. */
  usesContext: boolean;
} {
  exported ??= allExports();
  context ??= new Set(exportsOf(CONTEXT));
  const statements: string[] = [];
  let usesContext = false;
  for (const name of freeNames(code)) {
    const files = exported.get(name) ?? [];
    const own = files.includes(file) ? file : files[0];
    if (context.has(name) && own !== file) {
      usesContext = true;
      statements.push(`import { ${name} } from '${relative(file, CONTEXT)}'`);
    } else if (own) {
      statements.push(`import { ${name} } from '${relative(file, own)}'`);
    } else statements.push(...(known[name] ?? []));
  }
  return { statements, usesContext };
}

function relative(from: string, to: string): string {
  const found = path.relative(path.dirname(from), to).replace(/\.ts$/, '');
  return found.startsWith('.') ? found : `./${found}`;
}

function allExports(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of sourceFiles()) {
    if (file === path.join('src', 'index.ts')) continue;
    for (const name of exportsOf(file)) found.set(name, [...(found.get(name) ?? []), file]);
  }
  return found;
}

/** The names that a file exports. */
export function exportsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      return exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : [];
    }
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => name.getText(source));
    }
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.getText(source)] : [];
  });
}
