import { tf } from '../../tensorflow/tf';
import { type LayerArgs, layerClass } from './layerClass';
import { type Cell, dropoutMasks, gateSums } from './recurrent';
import { registerLayer } from './registerLayer';
import { onlyShape } from './settingsLayer';

type Initializer = ReturnType<typeof tf.initializers.zeros>;
type Regularizer = ReturnType<typeof tf.regularizers.l2>;
type Constraint = ReturnType<typeof tf.constraints.nonNeg>;

/**
 * tfjs's GRUCell with Keras' `reset_after`: the reset gate is applied behind the product with the state, which has a bias of
 * its own.
 *
 * Source: `GRUCell.call` in keras/src/layers/rnn/gru.py
 */
class ResetAfterCell extends layerClass<Omit<Cell, keyof tf.layers.Layer>>('GRUCell') {
  static readonly className = 'ResetAfterCell';

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const gates = 3 * this.units;
    this.kernel = this.add('kernel', 'kernel', [onlyShape(inputShape).at(-1)!, gates]);
    this.recurrentKernel = this.add('recurrent', 'recurrent_kernel', [this.units, gates]);
    this.bias = this.useBias ? this.add('bias', 'bias', [2, gates]) : null;
    this.built = true;
  }

  private add(kind: string, name: string, shape: number[]): tf.LayerVariable {
    const settings = this as unknown as Record<string, unknown>;
    return this.addWeight(
      name,
      shape,
      'float32',
      settings[`${kind}Initializer`] as Initializer,
      settings[`${kind}Regularizer`] as Regularizer,
      true,
      settings[`${kind}Constraint`] as Constraint,
    );
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    const { kernel, recurrentKernel, bias, activation, recurrentActivation } = this;
    return tf.tidy(() => {
      const [x, state] = inputs as [tf.Tensor2D, tf.Tensor2D];
      const biases = bias ? tf.unstack(bias.read()) : [0, 0];
      const masks = dropoutMasks(this);
      const sums = gateSums(x, kernel.read() as tf.Tensor2D, masks?.input); // [n, 3 units]
      const ofInput = sums.add(biases[0]!);
      const ofState = gateSums(state, recurrentKernel.read() as tf.Tensor2D, masks?.recurrent).add(
        biases[1]!,
      );
      const [inputZ, inputR, inputH] = gatesOf(ofInput);
      const [stateZ, stateR, stateH] = gatesOf(ofState);
      const z = recurrentActivation.apply(inputZ.add(stateZ));
      const r = recurrentActivation.apply(inputR.add(stateR));
      const candidate = activation.apply(inputH.add(r.mul(stateH)));
      const next = z.mul(state).add(tf.sub(1, z).mul(candidate));
      return [next, next];
    });
  }
}

function gatesOf(x: tf.Tensor): [z: tf.Tensor, r: tf.Tensor, h: tf.Tensor] {
  return tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
}

/** tfjs's layer GRU, which also knows `reset_after`, Keras' default since its version 2. */
export class GatedRecurrentUnit extends layerClass('GRU') {
  static readonly className = 'GRU';
  private readonly resetAfter: boolean;

  constructor({ resetAfter = false, ...args }: LayerArgs & { resetAfter?: boolean }) {
    super(args);
    this.resetAfter = resetAfter;
    if (resetAfter) Object.assign(this, { cell: new ResetAfterCell(args) });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), resetAfter: this.resetAfter };
  }
}

registerLayer(ResetAfterCell);
registerLayer(GatedRecurrentUnit);
