import { listed } from '../../src/errors/listed';

test('listed() writes each value, and of more than ten how many there are', () => {
  expect(listed(['a "b"', 1, NaN])).toBe('"a \\"b\\"", 1, NaN');
  const eleven = Array.from({ length: 11 }, (_, i) => i);
  expect(listed(eleven)).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 1 more');
  expect(listed(eleven.slice(1))).toBe('1, 2, 3, 4, 5, 6, 7, 8, 9, 10');
  expect(listed([])).toBe('');
});
