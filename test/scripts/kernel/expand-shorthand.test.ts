import { expandShorthand } from '../../../scripts/kernel/expand-shorthand';
import { executeCells } from '../../support/kernel';

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

test('in the real kernel a cell can use the short form for a variable of an earlier cell', async () => {
  const [, second] = await executeCells([
    { source: 'const labels = [1, 2];' },
    { source: 'console.log(JSON.stringify({ labels }));' },
  ]);
  expect(second?.map(({ text }) => text)).toEqual(['{"labels":[1,2]}\n']);
});
