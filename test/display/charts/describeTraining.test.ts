import { describeTraining, gapsOf } from '../../../src/display/charts/describeTraining';
import { trainingRuns } from '../../../src/display/charts/trainingRuns';

test('describeTraining() tells the course of each series', () => {
  const runs = trainingRuns({
    loss: [0.71, 0.5, 0.02],
    acc: [0.5249999761581421, 0.7, 1], // 42 of 80 in float32
    val_loss: [0.7, 0.8, 0.9],
    val_acc: [0.5, 0.4, 0.5],
  });
  expect(describeTraining(runs)).toBe(
    'Training curve over 3 epochs: accuracy rises from 0.525 to 1.000, ' +
      'validation accuracy starts and ends at 0.500, loss falls from 0.710 to 0.020, ' +
      'validation loss rises from 0.700 to 0.900',
  );
});

test('describeTraining() never rounds an accuracy up to 1', () => {
  expect(describeTraining(trainingRuns({ loss: [1, 0], acc: [0, 0.9996] }))).toContain('to 0.999');
});

test('describeTraining() of one epoch tells its values, of none that there is none', () => {
  expect(describeTraining(trainingRuns({ loss: [0.7], acc: [0.5] }))).toBe(
    'Training curve over 1 epoch: accuracy is 0.500, loss is 0.700',
  );
  expect(describeTraining(trainingRuns({}))).toBe(
    'Training curve over 0 epochs; No epoch has ended yet',
  );
});

test('describeTraining() tells runs apart by their names', () => {
  expect(describeTraining(trainingRuns({ a: { loss: [2, 1] }, b: {}, c: { loss: [3] } }))).toBe(
    'Training curves of 3 runs over 2 epochs: "a": loss falls from 2.000 to 1.000; "c": loss is 3.000; ' +
      '"b": no epoch has ended yet',
  );
});

test('describeTraining() tells what is NaN or infinite, each kind for itself', () => {
  const runs = trainingRuns({ loss: [NaN, Infinity, NaN, -Infinity], acc: [0.5, 0.6, NaN, 0.6] });
  expect(gapsOf(runs)).toEqual([
    { sign: '×', text: 'accuracy is NaN in 1 of 4 epochs, first in epoch 3' },
    { sign: '×', text: 'loss is NaN in 2 of 4 epochs, first in epoch 1' },
    { sign: '▲', text: 'loss is ∞ in 1 of 4 epochs, first in epoch 2' },
    { sign: '▼', text: 'loss is −∞ in 1 of 4 epochs, first in epoch 4' },
  ]);
  expect(describeTraining(runs)).toBe(
    'Training curve over 4 epochs: accuracy rises from 0.500 to 0.600, loss has no finite value; ' +
      gapsOf(runs)
        .map(({ text }) => text)
        .join('; '),
  );
});
