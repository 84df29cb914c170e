import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lessons } from '../scripts/notebooks/lessons';
import { readCells } from '../scripts/notebooks/read-cells';
import * as published from '../src';
import { missingTypes } from './support/publicApi/missingTypes';
import { publicNames } from './support/publicApi/publicNames';
import { namesInDocuments, namesInLessons, namesInOtherDocs } from './support/publicApi/usedNames';

const { values, types } = publicNames();

test('smile-lab publishes all that lessons import', () => {
  expect([...values.keys()].sort()).toEqual(Object.keys(published).sort());
  const imported = [...namesInLessons().keys()];
  expect(imported.length).toBeGreaterThan(50);
  expect(imported.filter((name) => !values.has(name) && !types.has(name))).toEqual([]);
});

test('each function that smile-lab publishes is used by a lesson, by README or docs, or by the doc of another one', () => {
  const [inLessons, inDocuments, inDocs] = [
    namesInLessons(),
    namesInDocuments(),
    namesInOtherDocs(),
  ];
  const isUsed = (name: string) => inLessons.has(name) || inDocuments.has(name) || inDocs.has(name);
  expect([...values.keys()].filter((name) => !isUsed(name))).toEqual([]);
});

test('no lesson needs the type of a value for a type', () => {
  const code = lessons().flatMap((lesson) => readCells(lesson).cells.map(({ source }) => source));
  expect(code.length).toBeGreaterThan(100);
  expect(code.filter((cell) => /[:<]\s*typeof \w/.test(cell))).toEqual([]);
});

test('every type that a public signature mentions can be imported', () => {
  expect(missingTypes('src/index.ts')).toEqual([]);
});

test('a type that a public signature mentions is found wherever it stands, written down or not', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smile-lab-types-'));
  writeFileSync(
    path.join(folder, 'library.ts'),
    `export interface Returned { a: number }
    export interface Given { b: number }
    export interface Field { c: number }
    export interface Inferred { d: number }
    export interface OfFunction { f: number }
    export interface InBody { e: number }
    export abstract class Base { private own: InBody | undefined; }
    export function progress(): Promise<OfFunction> { return Promise.resolve({ f: 1 }); }
    export interface Options { field?: Field[]; progress?: typeof progress }
    export function load(given: Promise<Given>, options?: Options): Returned {
      const inBody: InBody = { e: 1 };
      return { a: inBody.e };
    }
    const inferred: Inferred = { d: 1 };
    export const all = [inferred];
    export class Derived extends Base {}`,
  );
  const index = path.join(folder, 'index.ts');
  writeFileSync(index, "export { all, Derived, load, type Options } from './library';");
  expect(missingTypes(index)).toEqual([
    'Derived mentions Base (library.ts)',
    'Options mentions Field (library.ts)',
    'Options mentions OfFunction (library.ts)',
    'all mentions Inferred (library.ts)',
    'load mentions Given (library.ts)',
    'load mentions Returned (library.ts)',
  ]);
});
