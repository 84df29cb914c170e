import { GatedRecurrentUnit } from '../../../models/layers/gatedRecurrentUnit';
import { Masking } from '../../../models/layers/masking';
import { tf } from '../../../tensorflow/tf';
import { activation, plain } from '../values/layerValues';
import { type LayerKind, output, weight } from './layerKind';

const recurrent: Pick<LayerKind, 'fields' | 'fixed' | 'kept'> = {
  fields: {
    units: plain,
    return_sequences: plain,
    go_backwards: plain,
    dropout: plain,
    recurrent_dropout: plain,
    ...output,
    ...weight('kernel'),
    ...weight('recurrent'),
    ...weight('bias'),
  },
  fixed: { return_state: false, stateful: false, zero_output_for_mask: false },
  kept: ['unroll', 'seed'],
};

/** Layers that go through a series step by step, and one that says which steps they leave out. */
export const recurrentLayers: readonly LayerKind[] = [
  {
    keras: 'Masking',
    tfjs: 'Masking',
    create: (args) => new Masking(args),
    fields: { mask_value: plain },
    fixed: {},
  },
  { keras: 'SimpleRNN', tfjs: 'SimpleRNN', create: tf.layers.simpleRNN, ...recurrent },
  {
    keras: 'LSTM',
    tfjs: 'LSTM',
    create: tf.layers.lstm,
    ...recurrent,
    fields: {
      ...recurrent.fields,
      recurrent_activation: activation,
      unit_forget_bias: plain,
    },
  },
  {
    keras: 'GRU',
    tfjs: 'GRU',
    create: (args) => new GatedRecurrentUnit(args),
    ...recurrent,
    fields: { ...recurrent.fields, recurrent_activation: activation, reset_after: plain },
  },
];
