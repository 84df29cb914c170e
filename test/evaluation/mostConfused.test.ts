import { mostConfused } from '../../src/evaluation/mostConfused';

const names = (count: number) => Array.from({ length: count }, (_, k) => `${k}`);
const diagonal = (count: number): number[][] =>
  names(count).map((_, k) => names(count).map((__, i) => (i === k ? 5 : 0)));

test('mostConfused() leaves twelve classes as they are', () => {
  const matrix = { classNames: names(12), confusionMatrix: diagonal(12) };
  expect(mostConfused(matrix)).toEqual({ ...matrix, hasOthers: false });
});

test('mostConfused() keeps the classes with the most mistakes, and loses no picture', () => {
  const confusionMatrix = diagonal(20);
  confusionMatrix[15]![2] = 3;
  confusionMatrix[19]![18] = 1;
  const small = mostConfused({ classNames: names(20), confusionMatrix });
  expect(small.hasOthers).toBe(true);
  expect(small.classNames).toHaveLength(12);
  expect(small.classNames).toEqual(expect.arrayContaining(['2', '15', '18', '19', '9 others']));
  const at = (name: string) => small.classNames.indexOf(name);
  expect(small.confusionMatrix[at('15')]![at('2')]).toBe(3);
  expect(small.confusionMatrix.at(-1)!.at(-1)).toBe(9 * 5);
  expect(small.confusionMatrix.flat().reduce((sum, count) => sum + count)).toBe(20 * 5 + 4);
});
