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
  private readonly trainings = new WeakMap<RunningTraining, TrainingOrders<T>>();

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
    let orders = this.trainings.get(training);
    if (!orders) {
      orders = new TrainingOrders(new Orders(this.items, this.begin()));
      this.trainings.set(training, orders);
    }
    return orders.next(training.epoch);
  }
}

/** One order after the other. */
class Orders<T> {
  /** How many were drawn. */
  count = 0;

  constructor(
    private readonly items: readonly T[],
    private readonly random: () => number,
  ) {}

  next(): T[] {
    this.count++;
    return shuffled(this.items, this.random);
  }
}

/** The orders of one training, one for an epoch and others for passes that the epoch makes besides. */
class TrainingOrders<T> {
  private epochOrder: T[] = [];
  private extraPasses = 0;

  constructor(private readonly orders: Orders<T>) {}

  next(epoch: number): T[] {
    if (epoch >= this.orders.count) {
      while (this.orders.count <= epoch) this.epochOrder = this.orders.next();
      this.extraPasses = 0;
      return this.epochOrder;
    }
    const random = seedrandom.alea(`${epoch}/${++this.extraPasses}`);
    return shuffled(this.epochOrder, random);
  }
}
