import { bracketObject, positionBeforeBrackets } from '../../../scripts/kernel/object-at-end';
import { executeCells } from '../../support/kernel';

test.each([
  ['{ a: 1 }', ';({ a: 1 })'],
  ["const f = (x) => x\n{ a: 1, b: 'x' };", "const f = (x) => x\n;({ a: 1, b: 'x' });"],
  ['{ loss, accuracy } // both', ';({ loss, accuracy }) // both'],
  ['{ ...one, [two]: 2 }', ';({ ...one, [two]: 2 })'],
])('an object in braces at the end of a cell is an object: %s', (cell, meant) => {
  expect(bracketObject(cell)).toBe(meant);
});

test.each([
  '{}',
  '{ const x = 1; }',
  '{ run(); }',
  'if (isLong) { loss }',
  '{ a: 1, b: }',
  '{ a: 1 }\nrun()',
  'function f() { a }',
])('what is a block, or no object either, stays as it is: %s', (cell) => {
  expect(bracketObject(cell)).toBe(cell);
});

test.each(['{ a: x, b }', 'run()\n{ a: x, b }; // end'])(
  'places behind the brackets are those of the cell: %s',
  (cell) => {
    const bracketed = bracketObject(cell);
    const [x, end] = [positionBeforeBrackets(cell, bracketed.indexOf('x')), bracketed.length];
    expect(cell[x]).toBe('x');
    expect(positionBeforeBrackets(cell, end)).toBe(cell.length);
  },
);

test('a cell shows the object that it ends with, and tells its faults where they stand', async () => {
  const outputs = await executeCells([
    { source: 'const loss = 0.5;\n{ loss, accuracy: 0.9 }' },
    { source: '{ loss: losss }' },
  ]);
  expect(outputs[0]).toMatchObject([
    { output_type: 'execute_result', data: { 'text/plain': '{ loss: 0.5, accuracy: 0.9 }' } },
  ]);
  expect(outputs[1]?.[0]?.evalue).toContain("1:9 - Cannot find name 'losss'");
});
