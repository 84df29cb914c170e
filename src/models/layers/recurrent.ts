import { drawNoise } from '../../tensorflow/graph/drawNoise';
import { tf } from '../../tensorflow/tf';
import { keptSettings } from './keptSettings';
import { layerClass } from './layerClass';

/** Fields of tfjs's recurrent cells. */
export interface Cell extends tf.layers.Layer {
  units: number;
  useBias: boolean;
  kernel: tf.LayerVariable;
  recurrentKernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  activation: { apply(x: tf.Tensor): tf.Tensor };
  recurrentActivation: { apply(x: tf.Tensor): tf.Tensor };
  dropout: number;
  recurrentDropout: number;
}

/** Fields of tfjs's recurrent layers. */
interface Recurrent extends tf.layers.Layer {
  cell: Cell;
}

/** What dropout multiplies with: one mask for all gates of a cell, or one for each. */
interface Masks {
  input: readonly tf.Tensor[] | undefined;
  recurrent: readonly tf.Tensor[] | undefined;
}

type Step = (cell: Cell, inputs: tf.Tensor2D[], masks: Masks | undefined) => tf.Tensor[];

const masksOfCell = new WeakMap<Cell, Masks>();

/**
 * The masks of a cell while its layer goes through a series in training; undefined otherwise, and without dropout. They are
 * the same at every step.
 */
export function dropoutMasks(cell: unknown): Masks | undefined {
  return masksOfCell.get(cell as Cell);
}

/**
 * What a cell's gates get of an input or a state.
 *
 * @param x `[n, channels]`
 * @param kernel `[channels, gates · units]`
 * @param masks none, one for all gates or one for each, `[n, channels]`
 * @returns `[n, gates · units]`
 */
export function gateSums(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  masks: readonly tf.Tensor[] | undefined,
): tf.Tensor2D {
  if (!masks) return tf.matMul(x, kernel);
  if (masks.length === 1) return tf.matMul(x.mul(masks[0]!), kernel);
  const kernels = tf.split(kernel, masks.length, 1);
  const sums = masks.map((mask, gate) => tf.matMul(x.mul<tf.Tensor2D>(mask), kernels[gate]!));
  return tf.concat2d(sums as tf.Tensor2D[], 1);
}

/** Source: `SimpleRNNCell.call` in keras/src/layers/rnn/simple_rnn.py */
const simpleStep: Step = (cell, inputs, masks) => {
  const y = cell.activation.apply(gatesOf(cell, inputs, masks));
  return [y, y];
};

/** Source: `LSTMCell.call` in keras/src/layers/rnn/lstm.py */
const lstmStep: Step = (cell, inputs, masks) => {
  const { activation, recurrentActivation } = cell;
  const [inputGate, forget, candidate, output] = tf.split(gatesOf(cell, inputs, masks), 4, 1);
  const kept = recurrentActivation.apply(forget!).mul(inputs[2]!);
  const added = recurrentActivation.apply(inputGate!).mul(activation.apply(candidate!));
  const carry = kept.add(added);
  const y = recurrentActivation.apply(output!).mul(activation.apply(carry));
  return [y, y, carry];
};

/** Source: `GRUCell.call` in keras/src/layers/rnn/gru.py, without `reset_after` */
const gruStep: Step = (cell, [x, state], masks) => {
  const { activation, recurrentActivation, units } = cell;
  const kernel = cell.recurrentKernel.read() as tf.Tensor2D;
  const [ofGates, ofCandidate] = tf.split(kernel, [2 * units, units], 1);
  const [maskZ, maskR, maskH] = masks?.recurrent ?? [];
  const ofInput = withBias(gateSums(x!, cell.kernel.read() as tf.Tensor2D, masks?.input), cell);
  const ofState = gateSums(state!, ofGates as tf.Tensor2D, maskZ && maskR && [maskZ, maskR]);
  const [inputZ, inputR, inputH] = tf.split(ofInput, 3, 1);
  const [stateZ, stateR] = tf.split(ofState, 2, 1);
  const z = recurrentActivation.apply(inputZ!.add(stateZ!));
  const r = recurrentActivation.apply(inputR!.add(stateR!));
  const ofReset = gateSums(
    r.mul<tf.Tensor2D>(state!),
    ofCandidate as tf.Tensor2D,
    maskH && [maskH],
  );
  const y = z.mul(state!).add(tf.sub(1, z).mul(activation.apply(inputH!.add(ofReset))));
  return [y, y];
};

function gatesOf(
  cell: Cell,
  [x, state]: readonly tf.Tensor2D[],
  masks: Masks | undefined,
): tf.Tensor {
  const { kernel, recurrentKernel } = cell;
  const ofInput = gateSums(x!, kernel.read() as tf.Tensor2D, masks?.input);
  const ofState = gateSums(state!, recurrentKernel.read() as tf.Tensor2D, masks?.recurrent);
  return withBias(ofInput.add(ofState), cell);
}

function withBias(sums: tf.Tensor, { bias }: Cell): tf.Tensor {
  return bias ? sums.add(bias.read()) : sums;
}

/**
 * Lets recurrent layers do in training what Keras does, where tfjs does otherwise:
 *
 * - penalties of their weights are part of the loss. tfjs forgets them: the cell has them;
 * - the masks of `dropout` and `recurrent_dropout` are drawn in TensorFlow, so that a graph draws others at each step; with
 *   the second of both each gate has its own.
 */
function installRecurrentLayers(): void {
  const { prototype } = layerClass('RNN');
  prototype.calculateLosses = function (this: tf.layers.Layer) {
    return (this as Recurrent).cell.calculateLosses();
  };
  const { call } = prototype;
  const kinds = { SimpleRNN: [1, simpleStep], LSTM: [4, lstmStep], GRU: [3, gruStep] } as const;
  for (const [className, [gates, step]] of Object.entries(kinds)) {
    replaceCell(`${className}Cell`, step);
    // tfjs's own call takes away the masks that its cell has drawn.
    layerClass(className).prototype.call = function (this: tf.layers.Layer, inputs, kwargs) {
      const layer = this as Recurrent;
      return tf.tidy(() => {
        const masks = kwargs?.['training'] === true ? drawMasks(layer, gates, inputs) : undefined;
        if (!masks) return call.call(layer, inputs, kwargs);
        masksOfCell.set(layer.cell, masks);
        try {
          return call.call(layer, inputs, kwargs);
        } finally {
          masksOfCell.delete(layer.cell);
        }
      });
    };
  }
}

function replaceCell(className: string, step: Step): void {
  const { prototype } = layerClass(className);
  const { call } = prototype;
  prototype.call = function (this: tf.layers.Layer, inputs, kwargs) {
    const cell = this as Cell;
    // What tfjs's own cell draws, and keeps, is another dropout.
    if (cell.dropout === 0 && cell.recurrentDropout === 0) return call.call(cell, inputs, kwargs);
    return tf.tidy(() => step(cell, inputs as tf.Tensor2D[], dropoutMasks(cell)));
  };
}

function drawMasks(
  layer: Recurrent,
  gates: number,
  inputs: tf.Tensor | tf.Tensor[],
): Masks | undefined {
  const { dropout, recurrentDropout, units } = layer.cell;
  if (dropout === 0 && recurrentDropout === 0) return undefined;
  const [n, , channels] = [inputs].flat()[0]!.shape as [number, number, number];
  const count = recurrentDropout === 0 ? 1 : gates;
  return {
    input: masksFor(layer, dropout, [count, n, channels]),
    recurrent: masksFor(layer, recurrentDropout, [count, n, units]),
  };
}

function masksFor(layer: Recurrent, rate: number, shape: number[]): tf.Tensor[] | undefined {
  if (rate === 0 || rate === 1) return undefined;
  const seed = keptSettings(layer)['seed'] as number | null | undefined;
  const draws = drawNoise(layer, seed, 'Uniform', shape) ?? tf.randomUniform(shape, 0, 1);
  const masks = draws.greaterEqual(rate).cast('float32');
  return tf.unstack(masks.div(1 - rate));
}

installRecurrentLayers();
