import seedrandom from 'seedrandom';

import { shuffled } from '../../../src/images/datasets/shuffled';

test('shuffled() keeps each item once and does not mutate the list', () => {
  const items = ['a', 'b', 'c', 'd'];
  expect(shuffled(items, seedrandom.alea('1')).sort()).toEqual(items);
  expect(items).toEqual(['a', 'b', 'c', 'd']);
});

test('shuffled() gives the same order for the same seed', () => {
  const items = Array.from({ length: 20 }, (_, i) => i);
  const order = shuffled(items, seedrandom.alea('1'));
  expect(shuffled(items, seedrandom.alea('1'))).toEqual(order);
  expect(shuffled(items, seedrandom.alea('2'))).not.toEqual(order);
});

test('shuffled() gives each order of three items equally often', () => {
  const random = seedrandom.alea('1');
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffled(['a', 'b', 'c'], random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  // 1000 expected for each of the 6 orders, with a standard deviation of 29.
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
