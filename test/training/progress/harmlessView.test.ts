import { harmlessView } from '../../../src/training/progress/harmlessView';
import type { ProgressView } from '../../../src/training/progress/progressView';

const progress = { epoch: 1, epochs: 2, step: 1, steps: 1, loss: 1, accuracy: 1, elapsed: 1 };

test('harmlessView() tells the first failure of a view, and calls it no more', async () => {
  const calls: string[] = [];
  const told: string[] = [];
  const failing: ProgressView = {
    draw: () => void calls.push('draw'),
    epochEnd() {
      calls.push('epochEnd');
      throw new Error('the disk is full');
    },
    trainingEnd: () => void calls.push('trainingEnd'),
  };
  const view = await harmlessView(
    async () => failing,
    (line) => told.push(line),
  );
  view.draw(progress);
  view.epochEnd(progress);
  view.draw(progress);
  view.trainingEnd();
  expect(calls).toEqual(['draw', 'epochEnd']);
  expect(told).toEqual([
    'Cannot draw the progress: the disk is full. The training goes on without it',
  ]);
});

test('harmlessView() goes on without a view that cannot be opened', async () => {
  const told: string[] = [];
  const view = await harmlessView(
    () => Promise.reject(new Error('no kernel')),
    (line) => told.push(line),
  );
  view.draw(progress);
  view.trainingEnd();
  expect(told).toEqual(['Cannot draw the progress: no kernel. The training goes on without it']);
});
