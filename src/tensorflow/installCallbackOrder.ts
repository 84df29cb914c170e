import { show } from '../errors/show';
import { installer } from './native/installer';
import { tf } from './native/tfjs';

/** Where the callbacks of a training stand whose order matters; all others stand in between, as they were given. */
export const ORDER = {
  /** What the others do is none of a step's time. */
  clock: -2,
  /** Nobody keeps or logs what a guard takes back. */
  guard: -1,
  /** Before the checkpoint: an epoch that was noted and not kept is made again, one that was kept is never lost. */
  log: 1,
  checkpoint: 2,
} as const;

/** A callback with an order among the others, or that has to know them. */
export interface OrderedCallback {
  /** One of {@link ORDER}; 0 when left out. */
  readonly order?: number;
  /** Called as a training begins, with all its callbacks. */
  meet?(callbacks: readonly unknown[]): void;
}

/**
 * Lets `fit` and `fitDataset` call the callbacks of a training in {@link ORDER}, however they were listed, and also where
 * plain objects such as `{ onEpochEnd }` stand among them: tfjs takes all for what the first one is. Whatever they are, Node
 * is let to hear of other things as often as `yieldEvery` says, as it is without a callback.
 * `SMILE_STOCK_KERNELS=1` leaves tfjs as it is: then they are called as listed, and a checkpoint keeps no other's state.
 */
export const installCallbackOrder = installer(() => {
  const prototype = tf.LayersModel.prototype as unknown as Record<string, FitMethod>;
  const argumentOf = { fit: 2, fitDataset: 1 };
  for (const [method, argument] of Object.entries(argumentOf)) {
    const original = prototype[method]!;
    prototype[method] = function (this: tf.LayersModel, ...given) {
      const args = given[argument] as Options | undefined;
      if (args?.callbacks != null) {
        const listed = [args.callbacks].flat() as object[];
        listed.forEach(checkCallback);
        const callbacks = ordered(listed.map((one) => asCallback(one, args.yieldEvery)));
        for (const callback of callbacks) callback.meet?.(callbacks);
        given[argument] = { ...args, callbacks: resting(callbacks, args.yieldEvery) };
      }
      return original.apply(this, given);
    };
  }
});

type Options = {
  callbacks?: unknown;
  yieldEvery?: ConstructorParameters<typeof tf.CustomCallback>[1];
};

/** tfjs takes a function for an object without methods, and calls nothing of it. */
function checkCallback(one: unknown): void {
  if (typeof one === 'object' && one !== null) return;
  const cure =
    typeof one === 'function' && one.name ? `; call it: ${one.name}({ … }) makes a callback` : '';
  throw new TypeError(
    `Cannot train: each callback must be an object with functions such as onEpochEnd, got ${show(one)}${cure}`,
  );
}

/** Told by what tfjs calls of each. */
function asCallback(one: object, yieldEvery: Options['yieldEvery']): OrderedCallback {
  return ('setParams' in one ? one : new tf.CustomCallback(one, yieldEvery)) as OrderedCallback;
}

/**
 * tfjs lets Node hear of other things, as of Stop, only in callbacks that it has made of plain objects: of `fit` with a list
 * of whole ones nothing was seen, and nothing heard, until it ended.
 */
function resting(callbacks: OrderedCallback[], yieldEvery: Options['yieldEvery']): object[] {
  if (callbacks.some((one) => one instanceof tf.CustomCallback)) return callbacks;
  return [...callbacks, new tf.CustomCallback({}, yieldEvery)];
}

type FitMethod = (this: tf.LayersModel, ...given: unknown[]) => unknown;

function ordered(callbacks: OrderedCallback[]): OrderedCallback[] {
  // Of equal ones the first stays the first.
  return [...callbacks].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}
