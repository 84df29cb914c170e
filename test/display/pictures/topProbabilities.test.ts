import {
  describePredictions,
  topProbabilities,
} from '../../../src/display/pictures/topProbabilities';

test('topProbabilities() reads one output as the probability of the second class', () => {
  expect(topProbabilities([0.75], ['happy', 'sad'])).toEqual({
    bars: [
      { name: 'sad', probability: 0.75, isTrue: false },
      { name: 'happy', probability: 0.25, isTrue: false },
    ],
    others: { count: 0, probability: 0 },
  });
});

test('topProbabilities() takes 0.5 for the first class, as Keras does', () => {
  const { bars, isRight } = topProbabilities([0.5], ['happy', 'sad'], 1);
  expect(bars.map(({ name }) => name)).toEqual(['happy', 'sad']);
  expect(isRight).toBe(false);
});

test('topProbabilities() keeps the true class, and sums up the others', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const { bars, others, isRight } = topProbabilities([0.05, 0.4, 0.1, 0.05, 0.15, 0.25], names, 0);
  expect(bars.map(({ name, isTrue }) => `${name}${isTrue ? ' is true' : ''}`)).toEqual([
    ...['b', 'f', 'e', 'a is true'],
  ]);
  expect(others).toEqual({ count: 2, probability: expect.closeTo(0.15, 10) });
  expect(isRight).toBe(false);
});

test('describePredictions() tells answers without a known class, and counts the right ones', () => {
  const names = ['happy', 'sad'];
  expect(describePredictions([topProbabilities([0.9], names)])).toBe(
    'Predictions for 1 picture: sad 90.0 %',
  );
  const answers = [1, 0].map((label) => topProbabilities([0.9], names, label));
  expect(describePredictions(answers)).toBe(
    'Predictions for 2 pictures: sad 90.0 %, right; sad 90.0 %, wrong: happy; 1 of 2 right',
  );
});
