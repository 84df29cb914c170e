import { type TrainingHistories, trainingRuns } from '../../../src/display/charts/trainingRuns';
import type { TrainingHistory } from '../../../src/display/charts/trainingSeries';
import { tf } from '../../../src/tensorflow/tf';

const series = (value: number) => [{ metric: 'loss', data: 'training', values: [value] }];

test('trainingRuns() reads one history, and several under their names', () => {
  expect(trainingRuns({ loss: [1] })).toEqual([{ series: series(1) }]);
  expect(trainingRuns({ a: { loss: [1] }, loss: { loss: [2] } })).toEqual([
    { name: 'a', series: series(1) },
    { name: 'loss', series: series(2) },
  ]);
  expect(trainingRuns({})).toEqual([{ series: [] }]);
});

test('trainingRuns() throws on what is neither, and on what fit() returned itself', () => {
  const mixed = { a: { loss: [1] }, b: 5 } as unknown as TrainingHistory;
  expect(() => trainingRuns(mixed)).toThrow('an array of numbers under each metric');
  const whole = { a: new tf.History() } as unknown as TrainingHistories;
  expect(() => trainingRuns(whole)).toThrow('give history.history');
  expect(() => trainingRuns(undefined as unknown as TrainingHistory)).toThrow(TypeError);
});
