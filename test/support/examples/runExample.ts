import path from 'node:path';
import ts from 'typescript';
import { exampleImports } from './exampleImports';
import type { Example } from './readExamples';

/** A value that an example computes, and what the comment behind it says of it. */
export interface Shown {
  value: unknown;
  comment: string;
}

type Run = (...values: unknown[]) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...code: string[]) => Run;

/**
 * Runs an example in this process.
 *
 * @returns the values behind which it has a comment
 */
export async function runExample(example: Example): Promise<Shown[]> {
  const names: string[] = ['show__'];
  const shown: Shown[] = [];
  const values: unknown[] = [
    (value: unknown, comment: string) => {
      shown.push({ value, comment });
      return value;
    },
  ];
  for (const { name, value } of exampleImports(example).statements.map((s) => load(s, example))) {
    names.push(name);
    values.push(value);
  }
  const { outputText } = ts.transpileModule(recording(example.code), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  });
  await new AsyncFunction(...names, outputText)(...values);
  return shown;
}

/** Hands each value that is a statement of its own, with a comment behind it, to `show__`. */
function recording(code: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  let recorded = '';
  for (const [i, statement] of source.statements.entries()) {
    const next = source.statements[i + 1];
    const behind = code.slice(statement.end, next?.getStart() ?? code.length);
    const comment = /^\s*\/\/ (.*)/.exec(behind)?.[1];
    recorded +=
      comment !== undefined && ts.isExpressionStatement(statement)
        ? `show__(${statement.expression.getText()}, ${JSON.stringify(comment)});\n`
        : `${statement.getText()}\n`;
  }
  return recorded;
}

/** The value that an import statement names. */
function load(statement: string, { file }: Example): { name: string; value: unknown } {
  const [, braced, bare, from] = /^import (?:\{ (\w+) \}|(\w+)) from '(.*)'$/.exec(statement)!;
  const place = from!.startsWith('.') ? path.resolve(path.dirname(file), from!) : from!;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- by jest's own, for the modules that the tests have
  const loaded = require(place) as Record<string, unknown>;
  return {
    name: (braced ?? bare)!,
    value: braced ? loaded[braced] : (loaded['default'] ?? loaded),
  };
}

/**
 * What a comment claims, where it is a value of JavaScript, perhaps with an explanation behind a colon or a comma.
 *
 * @returns undefined where it is none
 */
export function claimOf(comment: string): { value: unknown } | undefined {
  if (/…|\bperhaps\b|\bor\b|^\d+ to \d+/.test(comment)) return undefined;
  const ends = [...comment.matchAll(/[:;,]|$/g)].map(({ index }) => index);
  for (const end of ends.reverse()) {
    try {
      // Only literals and sums: no name is known there.
      return {
        value: new Function(`"use strict"; return (${comment.slice(0, end)});`)() as unknown,
      };
    } catch {
      // Not a value up to here.
    }
  }
  return undefined;
}
