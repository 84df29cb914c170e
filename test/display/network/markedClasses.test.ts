import { markedClasses } from '../../../src/display/network/markedClasses';

const namesOf = (count: number) => Array.from({ length: count }, (_, k) => `class ${k}`);

test('markedClasses() gives each of twelve classes its mark, also without a picture', () => {
  expect(markedClasses(['a', 'b', 'c'], [2, 0, 2])).toEqual({
    names: ['a', 'b', 'c'],
    others: 0,
    marks: [2, 0, 2],
  });
  expect(markedClasses(namesOf(12), [11]).names).toHaveLength(12);
});

test('markedClasses() leaves out those of many classes that have no picture', () => {
  expect(markedClasses(namesOf(1000), [700, 3, 700])).toEqual({
    names: ['class 3', 'class 700'],
    others: 0,
    marks: [1, 0, 1],
  });
});

test('markedClasses() lets the rarest share a mark where more than twelve have pictures', () => {
  // Classes 0 to 13, class 13 twice: it and the first ten have marks of their own.
  const places = [...Array.from({ length: 14 }, (_, k) => k), 13];
  const { names, others, marks } = markedClasses(namesOf(20), places);
  expect(names).toEqual([...namesOf(10), 'class 13']);
  expect(others).toBe(3);
  expect(marks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 11, 11, 10, 10]);
});
