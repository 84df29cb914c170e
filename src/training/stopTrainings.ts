import { runningTrainings } from './runningTrainings';

/**
 * Asks every training of this process to end after its current batch, and waits until it has. The models keep what
 * they have learned. The notebook's Stop button and Ctrl-C in the terminal end here. A callback must not await it: the
 * training would wait for the callback.
 *
 * @returns how many trainings were stopped
 * @example
 * process.once('SIGINT', () => void stopTrainings());
 */
export async function stopTrainings(): Promise<number> {
  const trainings = runningTrainings();
  for (const [, model] of trainings) model.stopTraining = true;
  await Promise.allSettled(trainings.map(([training]) => training));
  return trainings.length;
}
