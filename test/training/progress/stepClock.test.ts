import { setTimeout } from 'node:timers/promises';

import { StepClock } from '../../../src/training/progress/stepClock';

const VALIDATION = 40; // ms

test('StepClock shares the validation out over the steps, as Keras does', async () => {
  const clock = new StepClock();
  await clock.onEpochBegin();
  await clock.onBatchEnd();
  await clock.onBatchEnd();
  await setTimeout(VALIDATION);
  await clock.onEpochEnd();
  // A timer may ring a millisecond early.
  expect(clock.msPerStep).toBeGreaterThanOrEqual((VALIDATION - 1) / 2);
});

test('StepClock counts neither the time between epochs nor an epoch that was broken off', async () => {
  const clock = new StepClock();
  expect(clock.msPerStep).toBeNaN();
  await clock.onEpochBegin();
  await clock.onBatchEnd();
  await clock.onEpochEnd();
  const first = clock.msPerStep;
  await setTimeout(VALIDATION);
  await clock.onEpochBegin();
  await clock.onBatchEnd();
  expect(clock.msPerStep).toBe(first);
});
