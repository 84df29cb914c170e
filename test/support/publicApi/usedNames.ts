import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { freeNames } from '../examples/readExamples';
import { publicNames } from './publicNames';

/** The names that lessons import from the library, and the first lesson that does. */
export function namesInLessons(): Map<string, string> {
  const found = new Map<string, string>();
  for (const lesson of readdirSync('notebooks').filter((file) => file.endsWith('.ipynb'))) {
    const { cells } = JSON.parse(readFileSync(path.join('notebooks', lesson), 'utf8')) as {
      cells: Array<{ cell_type: string; source: string[] }>;
    };
    for (const { cell_type, source } of cells) {
      if (cell_type !== 'code') continue;
      for (const name of importedNames(source.join(''))) {
        if (!found.has(name)) found.set(name, lesson);
      }
    }
  }
  return found;
}

/** The names that the code in README and `docs/` imports from the library, calls, or hands to a call. */
export function namesInDocuments(): Set<string> {
  const documents = ['README.md', ...readdirSync('docs').map((name) => path.join('docs', name))];
  const found = new Set<string>();
  for (const document of documents.filter((name) => name.endsWith('.md'))) {
    const text = readFileSync(document, 'utf8');
    for (const [, block, span] of text.matchAll(/```(?:ts|js)\n([^]*?)```|`([^`\n]+)`/g)) {
      const code = (block ?? span)!;
      const names = calls(code) ? freeNames(code) : importedNames(code);
      for (const name of names) found.add(name);
    }
  }
  return found;
}

/** The names that the `@example` or `@throws` of another public function uses. */
export function namesInOtherDocs(): Set<string> {
  const { values } = publicNames();
  const found = new Set<string>();
  for (const [owner, file] of values) {
    for (const tag of tagsOf(owner, file)) {
      const text = ts.getTextOfJSDocComment(tag.comment) ?? '';
      const isExample = tag.tagName.text === 'example';
      for (const name of isExample ? freeNames(text) : named(tag)) {
        if (name !== owner) found.add(name);
      }
    }
  }
  return found;
}

/** The class that is thrown, or the function whose errors are. */
function named(tag: ts.JSDocTag): string[] {
  return [...tag.getText().matchAll(/\{(?:@link )?(\w+)\}/g)].map(([, name]) => name!);
}

function tagsOf(name: string, file: string): ts.JSDocTag[] {
  const declaration = parsed(readFileSync(file, 'utf8')).statements.find((one) => {
    const named = ts.isVariableStatement(one) ? one.declarationList.declarations[0] : one;
    return (named as ts.NamedDeclaration | undefined)?.name?.getText() === name;
  });
  return declaration
    ? ts.getJSDocTags(declaration).filter(({ tagName }) => /^(example|throws)$/.test(tagName.text))
    : [];
}

function importedNames(code: string): string[] {
  return parsed(code).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    const named = statement.importClause?.namedBindings;
    return text === 'smile-lab' && named && ts.isNamedImports(named)
      ? named.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : [];
  });
}

/** Whether it is code, and calls something: a path or an option of a command may read like code that does not. */
function calls(code: string): boolean {
  const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true });
  const find = (node: ts.Node): boolean =>
    ts.isCallExpression(node) || ts.isNewExpression(node) || ts.forEachChild(node, find) === true;
  return diagnostics.length === 0 && find(parsed(code));
}

function parsed(code: string): ts.SourceFile {
  return ts.createSourceFile('code.ts', code, ts.ScriptTarget.ES2022, true);
}
