import { chosenClasses } from '../../../src/evaluation/inspecting/heatMap';

const NAMES = ['a', 'b', 'c'];
const indicesOf = (outputs: number[], wanted?: string[]) =>
  chosenClasses(outputs, outputs.length === 1 ? ['a', 'b'] : NAMES, wanted, 'Cannot look').map(
    ({ index }) => index,
  );

test('chosenClasses() are both of two, the two most probable of more, or those that are wanted', () => {
  expect(indicesOf([0.9])).toEqual([0, 1]);
  expect(indicesOf([0.2, 0.1, 0.7])).toEqual([2, 0]);
  expect(indicesOf([0.4, 0.4, 0.2])).toEqual([0, 1]);
  expect(indicesOf([0.2, 0.1, 0.7], ['b'])).toEqual([1]);
  expect(indicesOf([0.9], ['b', 'a'])).toEqual([1, 0]);
});

test('chosenClasses() tell the probability of each, with one output too', () => {
  expect(chosenClasses([0.25], ['a', 'b'], undefined, 'Cannot look')).toEqual([
    { index: 0, className: 'a', probability: 0.75 },
    { index: 1, className: 'b', probability: 0.25 },
  ]);
});

test('chosenClasses() throws on a class that there is not, and on outputs that are no probabilities', () => {
  expect(() => indicesOf([0.9], ['<b>'])).toThrow(
    new RangeError('Cannot look: a class must be one of "a", "b", got "<b>"'),
  );
  const names = Array.from({ length: 1000 }, (_, k) => `${k}`);
  expect(() =>
    chosenClasses(Array<number>(1000).fill(0.001), names, ['cat'], 'Cannot look'),
  ).toThrow('"8", "9" and 990 more, got "cat"');
  expect(() => indicesOf([0.9], [])).toThrow('classNames must name a class or more, got []');
  expect(() => indicesOf([NaN])).toThrow('a probability for each of 2 classes is required');
});
