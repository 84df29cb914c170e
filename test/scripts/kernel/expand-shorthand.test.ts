import { expandShorthand, positionInSource } from '../../../scripts/kernel/expand-shorthand';

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

test('positionInSource() leads from the long form back to the cell', () => {
  const cell = 'f({ ab, cd }, ef);';
  const long = expandShorthand(cell);
  expect(long).toBe('f({ ab: ab, cd: cd }, ef);');
  for (const name of ['ab', 'cd', 'ef', 'f({']) {
    expect(positionInSource(cell, long.indexOf(name))).toBe(cell.indexOf(name));
    if (name !== 'f({')
      expect(positionInSource(cell, long.lastIndexOf(name))).toBe(cell.indexOf(name));
  }
  expect(positionInSource(cell, long.length)).toBe(cell.length);
});
