import { ServingError } from './ServingError';

/** How requests of the same moment are put together. */
export interface BatchOptions {
  /** Pictures that the model gets at once, at most. */
  batchSize: number;
  /** Milliseconds that the first of them waits for others; with 0 those are taken that are there. */
  batchWait: number;
  /** Pictures that may wait; who comes then is sent away. */
  queueLength: number;
  /** Milliseconds until a picture that still waits is given up. */
  timeLimit: number;
}

interface Waiting<Item, Result> {
  item: Item;
  since: number;
  signal: AbortSignal | undefined;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
}

/** An item's result, or why there is none. */
export type Outcome<Result> = { result: Result } | { error: Error };

/** Puts what comes at the same moment into one batch: a network answers for sixteen pictures in less time than sixteen times for one. */
export class Batcher<Item, Result> {
  private queue: Array<Waiting<Item, Result>> = [];
  /** From the moment on in which its turn has come. */
  private isRunning = false;
  /** Ends the wait for others. */
  private timer: NodeJS.Timeout | undefined;
  /** Milliseconds that an item took lately. */
  private pace = 1;

  /**
   * @param run gives an outcome for each item, in their order
   * @param onBatch told how many items each batch had
   */
  constructor(
    private readonly options: BatchOptions,
    private readonly run: (items: Item[]) => Promise<Array<Outcome<Result>>>,
    private readonly onBatch: (size: number) => void = () => {},
  ) {}

  /** How many items wait. */
  get length(): number {
    return this.queue.length;
  }

  /**
   * Lets items wait for their turn; they may come into different batches.
   *
   * @param signal ends the wait of those that have not begun, as when nobody is there any more to be answered
   * @returns their results, in order
   * @throws {ServingError} 429 when there is no room for all of them, 503 when their time is over; and what `run` says of one
   */
  async add(items: readonly Item[], signal?: AbortSignal): Promise<Result[]> {
    const { queueLength } = this.options;
    if (this.queue.length + items.length > queueLength) {
      throw new ServingError(
        429,
        `At most ${queueLength} pictures may wait, and ${this.queue.length} wait already: try again later`,
        Math.ceil((this.queue.length * this.pace) / 1000) || 1,
      );
    }
    const since = performance.now();
    const results = items.map(
      (item) =>
        new Promise<Result>((resolve, reject) =>
          this.queue.push({ item, since, signal, resolve, reject }),
        ),
    );
    this.schedule();
    // All are waited for: the items of a request that has failed must not be used behind its back.
    const settled = await Promise.allSettled(results);
    return settled.map((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value;
    });
  }

  private schedule(): void {
    const [first] = this.queue;
    if (this.isRunning || !first) return;
    const { batchSize, batchWait } = this.options;
    const rest = first.since + batchWait - performance.now();
    if (rest > 0 && this.queue.length < batchSize) {
      this.timer ??= setTimeout(() => void this.runBatch(), rest);
      return;
    }
    clearTimeout(this.timer);
    this.isRunning = true;
    // Not at once: what lies in other sockets by now is read first.
    setImmediate(() => void this.runBatch());
  }

  private async runBatch(): Promise<void> {
    this.timer = undefined;
    this.isRunning = true;
    const batch = this.take();
    const begin = performance.now();
    if (batch.length > 0) {
      this.onBatch(batch.length);
      try {
        const outcomes = await this.run(batch.map(({ item }) => item));
        for (const [i, { resolve, reject }] of batch.entries()) {
          const outcome = outcomes[i]!;
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.result);
        }
      } catch (error) {
        for (const { reject } of batch) reject(error as Error);
      }
      this.pace = (performance.now() - begin) / batch.length;
    }
    this.isRunning = false;
    this.schedule();
  }

  /** Those whose turn it is; those that waited too long, or for nobody, go. */
  private take(): Array<Waiting<Item, Result>> {
    const { batchSize, timeLimit } = this.options;
    const now = performance.now();
    const batch: Array<Waiting<Item, Result>> = [];
    while (batch.length < batchSize) {
      const next = this.queue.shift();
      if (!next) break;
      if (next.signal?.aborted) next.reject(new ServingError(499, 'The client has gone'));
      else if (now - next.since > timeLimit) {
        next.reject(
          new ServingError(503, `The picture has waited for more than ${timeLimit} ms`, 1),
        );
      } else batch.push(next);
    }
    return batch;
  }
}
