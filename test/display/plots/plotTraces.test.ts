import { plotLayout, plotTraces } from '../../../src/display/plots/plotTraces';

const history = {
  loss: [0.7, NaN, 0.2],
  acc: [0.5, 0.75, 1],
  val_loss: [0.8, 0.6],
  val_acc: [0.5, 0.6],
};

test('plotTraces() gives training and validation of one run a line each', () => {
  const [training, validation, ...more] = plotTraces(
    [{ name: 'a', history, firstEpoch: 3 }],
    'accuracy',
  );
  expect(more).toEqual([]);
  expect([training?.name, training?.x, training?.y]).toEqual([
    'training',
    [3, 4, 5],
    [0.5, 0.75, 1],
  ]);
  expect([validation?.name, validation?.x, validation?.y]).toEqual([
    'validation',
    [3, 4],
    [0.5, 0.6],
  ]);
  expect(training?.line?.color).not.toBe(validation?.line?.color);
});

test('plotTraces() leaves a gap at a value that is NaN or infinite, and says so', () => {
  const [training] = plotTraces([{ name: 'a', history, firstEpoch: 1 }], 'loss');
  expect(training?.y).toEqual([0.7, null, 0.2]);
  expect(training?.name).toBe('training: NaN or infinite in 1 of 3 epochs');
});

test('plotTraces() names several runs, in colours of their own, and their HTML is text', () => {
  const runs = ['one', '<b>&two'].map((name) => ({ name, history: { loss: [1] }, firstEpoch: 1 }));
  const traces = plotTraces(runs, 'loss');
  expect(traces.map(({ name }) => name)).toEqual(['one, training', '&lt;b>&amp;two, training']);
  expect(traces[0]?.line?.color).not.toBe(traces[1]?.line?.color);
  expect(plotTraces(runs, 'accuracy')).toEqual([]);
  expect(plotLayout('loss', '<i>x').title).toMatchObject({ text: 'loss: &lt;i>x' });
});

test('plotTraces() draws nothing of a training before its first epoch has ended', () => {
  expect(plotTraces([{ name: 'a', history: { loss: [] }, firstEpoch: 1 }], 'loss')).toEqual([]);
});
