import { DisjointSets } from '../../src/collections/disjointSets';

test('DisjointSets joins what is joined through others, and nothing else', () => {
  const sets = new DisjointSets<string>();
  sets.join('a', 'b');
  sets.join('c', 'd');
  expect(sets.find('a')).not.toBe(sets.find('c'));
  sets.join('d', 'b');
  expect(new Set(['a', 'b', 'c', 'd'].map((item) => sets.find(item))).size).toBe(1);
  expect(sets.find('e')).toBe('e');
});

test('DisjointSets takes a chain of 100,000', () => {
  const sets = new DisjointSets<number>();
  for (let i = 100_000; i > 0; i--) sets.join(i - 1, i);
  expect(sets.find(100_000)).toBe(sets.find(0));
});
