import { nativeLibrary } from '../native/nativeBackend';
import { aliasOf, dataOf, tensorId, type TensorData } from '../native/tensorId';
import type { tf } from '../native/tfjs';

/** Whoever holds values in the place of tfjs. */
export interface Holder {
  /** Gives all values back that it holds, by {@link SharedValue.giveBack}. */
  giveBackAll(): void;
}

const sharedValues = new WeakMap<TensorData, SharedValue>();

/**
 * The value of a tfjs variable, which can lie in a graph's session instead of in tfjs. tfjs asks for a tensor's values
 * by a number, and at that moment the value is fetched from where it is: so whoever looks sees the true value, and a
 * training at which nobody looks moves nothing.
 */
export class SharedValue {
  /** Rises with each change, so that a session sees whether its copy is the latest. */
  version = 0;
  private holder: Holder | undefined;
  private id: number;

  private constructor(data: TensorData) {
    this.id = data.id;
    Object.defineProperty(data, 'id', {
      enumerable: true,
      get: () => this.tensorId(),
      set: (id: number) => this.replace(id),
    });
  }

  /** The value of a variable; one that clones or other variables share becomes its own first. */
  static of(variable: tf.Variable): SharedValue {
    variable.throwIfDisposed();
    if (dataOf(variable).refCount > 1) detach(variable);
    const data = dataOf(variable);
    let value = sharedValues.get(data);
    if (!value) {
      tensorId(variable); // Values that are still in JavaScript go to TensorFlow.
      value = new SharedValue(data);
      sharedValues.set(data, value);
    }
    return value;
  }

  /** The binding's number of the tensor, in tfjs. */
  tensorId(): number {
    this.holder?.giveBackAll();
    return this.id;
  }

  /**
   * From now on the value is `holder`'s, which has it already. TensorFlow updates memory in place that nobody else
   * refers to; so tfjs's reference is given up.
   */
  lend(holder: Holder): void {
    this.version++;
    if (this.holder === holder) return;
    nativeLibrary().binding.deleteTensor(this.tensorId());
    this.holder = holder;
  }

  isLentTo(holder: Holder): boolean {
    return this.holder === holder;
  }

  /** The value is in tfjs again. */
  giveBack(id: number): void {
    this.holder = undefined;
    this.id = id;
  }

  private replace(id: number): void {
    this.version++;
    this.giveBack(id);
  }
}

function detach(variable: tf.Variable): void {
  const alias = aliasOf(variable);
  variable.assign(alias);
  alias.dispose();
}
