import {
  formatProgress,
  formatTimeLeft,
  type Progress,
} from '../../../src/training/progress/formatProgress';

const half: Progress = {
  epoch: 3,
  epochs: 15,
  step: 4,
  steps: 8,
  loss: 0.52,
  accuracy: 0.8,
  elapsed: 320,
};

test('formatProgress() tells epoch, bar, steps, loss, accuracy and ms per step', () => {
  expect(formatProgress(half)).toBe(
    'Epoch  3/15 ━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌ 4/8 · loss 0.5200 · accuracy 0.8000 · 80 ms/step',
  );
  expect(formatProgress({ ...half, step: 8, elapsed: 640 })).toBe(
    'Epoch  3/15 ━━━━━━━━━━━━━━━━━━━━ 8/8 · loss 0.5200 · accuracy 0.8000 · 80 ms/step',
  );
});

test('formatProgress() tells what the validation measured at the end of an epoch, by the names of Keras', () => {
  const end = { ...half, step: 8, elapsed: 640, validation: { loss: 0.7, accuracy: 0.6 } };
  expect(formatProgress(end)).toBe(
    'Epoch  3/15 ━━━━━━━━━━━━━━━━━━━━ 8/8 · loss 0.5200 · accuracy 0.8000 · val_loss 0.7000 · val_accuracy 0.6000 · 80 ms/step',
  );
  const withoutAccuracy = { ...end, validation: { loss: 0.7, accuracy: undefined } };
  expect(formatProgress(withoutAccuracy)).toContain('accuracy 0.8000 · val_loss 0.7000 · 80 ms');
});

test('formatProgress() makes room for the numbers: the bar goes first, then digits, speed and long words', () => {
  const end = { ...half, step: 8, elapsed: 640, validation: { loss: 0.7, accuracy: 0.6 } };
  // The whole line has 121 characters, 20 of them the bar's.
  const line = formatProgress(end);
  expect(formatProgress(end, 121)).toBe(line);
  expect(formatProgress(end, 106)).toBe(line.replace('━'.repeat(20), '━'.repeat(5)));
  expect(formatProgress(end, 105)).toBe(line.replace(/━+ /, ''));
  expect(formatProgress(end, 99)).toBe(
    'Epoch  3/15 8/8 · loss 0.52 · accuracy 0.80 · val_loss 0.70 · val_accuracy 0.60 · 80 ms/step',
  );
  expect(formatProgress(end, 79)).toBe(
    'Epoch  3/15 8/8 · loss 0.52 · accuracy 0.80 · val_loss 0.70 · val_accuracy 0.60',
  );
  expect(formatProgress(end, 78)).toBe(
    'Epoch  3/15 8/8 · loss 0.52 · acc 0.80 · val_loss 0.70 · val_acc 0.60',
  );
  const room = 'Epoch  3/15 4/8 · loss 0.5200 · accuracy 0.8000 · 80 ms/step'.length;
  expect(formatProgress(half, room - 1)).toBe(
    'Epoch  3/15 4/8 · loss 0.52 · accuracy 0.80 · 80 ms/step',
  );
});

test('formatProgress() keeps its columns from the first epoch to the last', () => {
  const lines = [1, 9, 10, 15].map((epoch) => formatProgress({ ...half, epoch }));
  expect(new Set(lines.map((line) => line.indexOf('━'))).size).toBe(1);
});

test('formatProgress() leaves out what is not known', () => {
  expect(formatProgress({ ...half, steps: undefined, accuracy: undefined })).toBe(
    'Epoch  3/15 4 · loss 0.5200 · 80 ms/step',
  );
  expect(formatProgress({ ...half, step: 0 })).toMatch(/╌{20} 0\/8 .* – ms\/step$/);
  expect(formatProgress({ ...half, loss: NaN })).toContain('loss NaN');
});

test('formatTimeLeft() goes by the steps of this epoch', () => {
  // 4 steps in this epoch and 12 epochs of 8: 100 steps of 80 ms.
  expect(formatTimeLeft(half)).toBe('8 s left');
  expect(formatTimeLeft({ ...half, elapsed: 2000 })).toBe('50 s left');
  expect(formatTimeLeft({ ...half, elapsed: 8000 })).toBe('3 min left'); // 200 s
  expect(formatTimeLeft({ ...half, epoch: 15, step: 8 })).toBe('0 s left');
});

test('formatTimeLeft() does not count on the first step of a training, which takes many times as long', () => {
  const first = { ...half, epoch: 1, step: 1, elapsed: 6000, warmUp: 6000 };
  expect(formatTimeLeft(first)).toBe('');
  // 6 steps in this epoch and 14 epochs of 8: 118 steps of 80 ms.
  expect(formatTimeLeft({ ...first, step: 2, elapsed: 6080 })).toBe('10 s left');
});

test('formatTimeLeft() says nothing where it cannot know', () => {
  expect(formatTimeLeft({ ...half, steps: undefined })).toBe('');
  expect(formatTimeLeft({ ...half, step: 0 })).toBe('');
});
