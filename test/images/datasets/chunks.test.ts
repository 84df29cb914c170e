import { chunks } from '../../../src/images/datasets/chunks';

test('chunks() leaves the rest in a shorter last piece', () => {
  expect([...chunks([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
});

test('chunks() makes one piece of a short list and none of an empty one', () => {
  expect([...chunks(['a'], 3)]).toEqual([['a']]);
  expect([...chunks([], 3)]).toEqual([]);
});
