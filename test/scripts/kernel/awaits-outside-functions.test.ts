import { awaitsOutsideFunctions } from '../../../scripts/kernel/awaits-outside-functions';

test.each([
  'for await (const a of b) f(a);',
  'if (a) { for await (const b of c) {} }',
  'await f();',
  'const a = await (b as C).d();',
  'await [a][0];',
  'await `a`;',
  'for (const a of [await b]) await (c);',
])('awaitsOutsideFunctions() finds it in %s', (cell) =>
  expect(awaitsOutsideFunctions(cell)).toBe(true),
);

test.each([
  'for (const a of b) {}',
  'async function f() { for await (const a of b) {} }',
  'const f = async () => { for await (const a of b) {} };',
  'class A { async f() { for await (const a of b) await (c); } }',
  'f();',
])('awaitsOutsideFunctions() finds none in %s', (cell) =>
  expect(awaitsOutsideFunctions(cell)).toBe(false),
);
