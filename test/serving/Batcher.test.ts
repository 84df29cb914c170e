import { Batcher, type BatchOptions } from '../../src/serving/Batcher';
import { batchSizes } from '../../src/serving/batchSizes';
import { ServingError } from '../../src/serving/ServingError';

const usual: BatchOptions = { batchSize: 3, batchWait: 0, queueLength: 8, timeLimit: 60_000 };

/** Doubles numbers, and notes what came together; odd ones beyond 100 fail. */
function doubling(options: Partial<BatchOptions> = {}) {
  const batches: number[][] = [];
  const batcher = new Batcher<number, number>({ ...usual, ...options }, async (items) => {
    batches.push(items);
    return items.map((item) =>
      item > 100 ? { error: new Error(`no ${item}`) } : { result: 2 * item },
    );
  });
  return { batcher, batches };
}

test('what comes at the same moment is one batch, up to its size', async () => {
  const { batcher, batches } = doubling();
  const results = await Promise.all([batcher.add([1, 2]), batcher.add([3, 4]), batcher.add([5])]);
  expect(results).toEqual([[2, 4], [6, 8], [10]]);
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

test('with batchWait the first one waits for those that come a little later', async () => {
  const { batcher, batches } = doubling({ batchWait: 60_000 });
  const first = batcher.add([1]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(batches).toEqual([]);
  const others = batcher.add([2, 3]);
  // A batch that is full waits no longer.
  expect(await Promise.race([Promise.all([first, others]), never(2000)])).toEqual([[2], [4, 6]]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test('one item that fails costs the others of its batch nothing', async () => {
  const { batcher } = doubling();
  const [good, bad] = await Promise.allSettled([batcher.add([1]), batcher.add([2, 101])]);
  expect(good).toEqual({ status: 'fulfilled', value: [2] });
  expect(bad).toEqual({ status: 'rejected', reason: new Error('no 101') });
});

test('a batch that fails as a whole rejects its items, and the next one is answered', async () => {
  let isFirst = true;
  const batcher = new Batcher<number, number>({ ...usual, batchSize: 1 }, async (items) => {
    if (isFirst) {
      isFirst = false;
      throw new Error('no memory');
    }
    return items.map((result) => ({ result }));
  });
  const [first, second] = await Promise.allSettled([batcher.add([1]), batcher.add([2])]);
  expect(first).toMatchObject({ status: 'rejected', reason: new Error('no memory') });
  expect(second).toEqual({ status: 'fulfilled', value: [2] });
});

test('more than may wait are sent away, to come again later', async () => {
  const { batcher } = doubling({ queueLength: 2 });
  const accepted = batcher.add([1, 2]);
  const refused = await batcher.add([3]).catch((error: ServingError) => error);
  expect(refused).toMatchObject({ status: 429, retryAfter: 1 });
  expect(await accepted).toEqual([2, 4]);
  expect(await batcher.add([3])).toEqual([6]);
});

test('what waits too long, or for nobody, is not computed', async () => {
  const { batcher, batches } = doubling({ batchWait: 20, timeLimit: 5 });
  await expect(batcher.add([1])).rejects.toMatchObject({ status: 503, retryAfter: 1 });
  const gone = new AbortController();
  const late = doubling();
  const waiting = late.batcher.add([1], gone.signal);
  gone.abort();
  await expect(waiting).rejects.toThrow(ServingError);
  expect([...batches, ...late.batches]).toEqual([]);
});

test('batches have few sizes, so that a graph can be ready for each', () => {
  expect(batchSizes(1)).toEqual([1]);
  expect(batchSizes(5)).toEqual([1, 2, 3, 4, 5]);
  expect(batchSizes(32)).toEqual([1, 2, 3, 4, 6, 8, 12, 16, 24, 32]);
  expect(batchSizes(256)).toHaveLength(16); // as many as fit
});

function never(ms: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('nothing came')), ms).unref();
  });
}
