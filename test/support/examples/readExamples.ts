import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The code of one `@example`. */
export interface Example {
  /** Where it stands, such as `src/images/datasets/chunks.ts:7`. */
  place: string;
  /** The file, from the project's root. */
  file: string;
  code: string;
}

/** All examples in the doc comments of `src`. */
export function readExamples(): Example[] {
  return sourceFiles().flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.ES2022,
      true,
    );
    const tags = new Set<ts.JSDocTag>();
    const walk = (node: ts.Node): void => {
      for (const tag of ts.getJSDocTags(node)) {
        if (tag.tagName.text === 'example' && tag.getSourceFile() === source) tags.add(tag);
      }
      ts.forEachChild(node, walk);
    };
    walk(source);
    return [...tags].map((tag) => ({
      file,
      place: `${file}:${source.getLineAndCharacterOfPosition(tag.pos).line + 1}`,
      code: ts.getTextOfJSDocComment(tag.comment) ?? '',
    }));
  });
}

/** The TypeScript files of `src`, from the project's root. */
export function sourceFiles(): string[] {
  return (readdirSync('src', { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => path.join('src', name))
    .sort();
}

/** The names that a piece of code uses and does not declare itself, those of JavaScript too. */
export function freeNames(code: string): Set<string> {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const walk = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (isDeclaration(node)) declared.add(node.text);
      else if (!isPartOfAnother(node)) used.add(node.text);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return new Set([...used].filter((name) => !declared.has(name)));
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) &&
    parent.name === node
  );
}

/** The name of a property, of an attribute in an object, or of what stands behind a dot in a type. */
function isPartOfAnother(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    (ts.isQualifiedName(parent) && parent.right === node)
  );
}
