import { tf } from '../native/tfjs';

type Activate = (x: tf.Tensor, axis?: number) => tf.Tensor;

/** What went into the sigmoids and softmaxes of one step, by what came out; undefined where nobody asks for it. */
let kept: Map<tf.Tensor, tf.Tensor> | undefined;

/**
 * Lets the activations sigmoid and softmax note what went into them while {@link keepingLogits} runs, as Keras' do
 * (`_keras_logits` in keras/src/activations/activations.py): its crossentropies compute from it, whichever of both it was.
 */
export function installKeptLogits(): void {
  for (const name of ['sigmoid', 'softmax']) {
    const [activation] = tf.serialization.SerializationMap.getMap().classNameMap[name]!;
    const prototype = activation.prototype as unknown as { apply: Activate };
    const { apply: stock } = prototype;
    // The layer Softmax calls it without an object.
    prototype.apply = (x, axis) => {
      const y = stock(x, axis);
      // A copy: the layer's tidy, and tfjs between two layers, dispose x itself.
      kept?.set(y, tf.keep(x.clone()));
      return y;
    };
  }
}

/**
 * Runs something while logits are kept.
 *
 * @returns what `run` returns
 */
export function keepingLogits<T>(run: () => T): T {
  const outer = kept;
  const mine = new Map<tf.Tensor, tf.Tensor>();
  kept = mine;
  try {
    return run();
  } finally {
    kept = outer;
    tf.dispose([...mine.values()]);
  }
}

/** What went into the sigmoid or softmax that gave a tensor, of the same shape; undefined when that is not known. */
export function logitsBehind(output: tf.Tensor): tf.Tensor | undefined {
  return kept?.get(output);
}
