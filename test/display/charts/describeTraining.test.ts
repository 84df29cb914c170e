import { describeGaps, describeTraining } from '../../../src/display/charts/describeTraining';
import { trainingSeries } from '../../../src/display/charts/trainingSeries';

test('describeTraining() tells the course of each series', () => {
  const series = trainingSeries({
    loss: [0.71, 0.5, 0.02],
    acc: [0.5249999761581421, 0.7, 1], // 42 of 80 in float32
    val_loss: [0.7, 0.8, 0.9],
    val_acc: [0.5, 0.4, 0.5],
  });
  expect(describeTraining(series)).toBe(
    'Training curve over 3 epochs: accuracy rises from 0.525 to 1.000, ' +
      'validation accuracy starts and ends at 0.500, loss falls from 0.710 to 0.020, ' +
      'validation loss rises from 0.700 to 0.900',
  );
});

test('describeTraining() never rounds an accuracy up to 1', () => {
  expect(describeTraining(trainingSeries({ loss: [1, 0], acc: [0, 0.9996] }))).toContain(
    'to 0.999',
  );
});

test('describeTraining() of one epoch tells its values', () => {
  expect(describeTraining(trainingSeries({ loss: [0.7], acc: [0.5] }))).toBe(
    'Training curve over 1 epoch: accuracy is 0.500, loss is 0.700',
  );
});

test('describeTraining() tells what is NaN or infinite', () => {
  const series = trainingSeries({ loss: [NaN, Infinity, NaN], acc: [0.5, 0.6, NaN] });
  expect(describeGaps(series)).toEqual([
    'accuracy is NaN or infinite in 1 of 3 epochs, first in epoch 3',
    'loss is NaN or infinite in 3 of 3 epochs, first in epoch 1',
  ]);
  expect(describeTraining(series)).toBe(
    'Training curve over 3 epochs: accuracy rises from 0.500 to 0.600, loss has no finite value; ' +
      describeGaps(series).join('; '),
  );
});
