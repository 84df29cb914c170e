import { expandShorthand } from '../../../scripts/kernel/expand-shorthand';

test.each([
  ['show({ labels });', 'show({ labels: labels });'],
  ['const a = { b, c: 1, d };', 'const a = { b: b, c: 1, d: d };'],
  ['f({ a: { b } }, `${g({ c })}`);', 'f({ a: { b: b } }, `${g({ c: c })}`);'],
  ['({ a, b = 2 } = c);', '({ a: a, b: b = 2 } = c);'],
])('expandShorthand() writes %s in full', (cell, expanded) => {
  expect(expandShorthand(cell)).toBe(expanded);
});

test.each([
  'const { a, b } = c;',
  "import { a } from 'a';",
  "console.log('{ a }'); // { a }",
  'if (a {',
])('expandShorthand() leaves %s as it is', (cell) => expect(expandShorthand(cell)).toBe(cell));
