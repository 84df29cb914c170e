import seedrandom from 'seedrandom';

import { type RunningTraining, runningTraining } from '../../tensorflow/runningTraining';
import { shuffled } from './shuffled';

/**
 * The orders in which a dataset gives its pictures, a new one for each pass.
 *
 * The order of a training's epoch follows from the seed and the number of the epoch, whatever was looked at before or
 * beside it. Passes outside of a training have the same orders, counted by themselves.
 */
export class PassOrders<T> {
  private readonly looks: Orders<T>;
  private readonly trainings = new WeakMap<RunningTraining, Orders<T>>();

  /**
   * @param items not changed
   * @param begin gives what draws the orders, in [0, 1), from its beginning; the same each time
   */
  constructor(
    private readonly items: readonly T[],
    private readonly begin: () => () => number,
  ) {
    this.looks = new Orders(items, begin());
  }

  /** The order of the pass that begins now. */
  next(): T[] {
    const training = runningTraining();
    if (!training) return this.looks.next();
    const orders = this.trainings.get(training) ?? new Orders(this.items, this.begin());
    this.trainings.set(training, orders);
    return orders.ofEpoch(training.epoch);
  }
}

/** One order after the other. */
class Orders<T> {
  /** How many were drawn, and the last of them. */
  private count = 0;
  private latest: T[] = [];
  private extraPasses = 0;

  constructor(
    private readonly items: readonly T[],
    private readonly random: () => number,
  ) {}

  next(): T[] {
    this.count++;
    this.extraPasses = 0;
    this.latest = shuffled(this.items, this.random);
    return this.latest;
  }

  /** The order that belongs to an epoch, and others for passes that the epoch makes besides. */
  ofEpoch(epoch: number): T[] {
    if (epoch < this.count) {
      return shuffled(this.latest, seedrandom.alea(`${epoch}/${++this.extraPasses}`));
    }
    while (this.count <= epoch) this.next();
    return this.latest;
  }
}
