import { withoutExports } from '../../../scripts/kernel/without-exports';

test.each([
  ['export const a = 1;', '       const a = 1;'],
  ['export async function f() {}', '       async function f() {}'],
  ['export default class A {}', '               class A {}'],
  ['export default\n  f(1);', '              \n  f(1);'],
  ['export type A = 1; export interface B {}', '       type A = 1;        interface B {}'],
  ['const a = 1; export { a };', 'const a = 1;              '],
])('withoutExports() keeps the rest of %j in its place', (cell, without) => {
  expect(withoutExports(cell)).toBe(without);
});

test.each(["export { a } from './a';", "console.log('export const a');", 'const exported = 1;'])(
  'withoutExports() leaves %s as it is',
  (cell) => expect(withoutExports(cell)).toBe(cell),
);
