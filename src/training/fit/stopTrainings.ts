import { setEndReason, STOPPED_BY_HAND } from './endReason';
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
  const ask = () => {
    for (const [, model] of trainings) {
      if (!model.stopTraining) setEndReason(model, STOPPED_BY_HAND);
      model.stopTraining = true;
    }
  };
  ask();
  // Once is not enough: tfjs takes the request back at the moment when a training begins.
  const again = setInterval(ask, 50);
  await Promise.allSettled(trainings.map(([training]) => training));
  clearInterval(again);
  return trainings.length;
}
