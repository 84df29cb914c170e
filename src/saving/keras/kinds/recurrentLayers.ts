import '../../../models/layers/gatedRecurrentUnit';
import '../../../models/layers/masking';
import '../../../models/layers/wrappers';
import { activation, plain } from '../values/layerValues';
import { layerKind, output, plainFields, weight } from './layerKind';

const fields = {
  ...plainFields('units', 'return_sequences', 'go_backwards', 'dropout', 'recurrent_dropout'),
  ...output,
  ...weight('kernel'),
  ...weight('recurrent'),
  ...weight('bias'),
};
const gated = { ...fields, recurrent_activation: activation };

const recurrent = {
  fixed: { return_state: false, stateful: false, zero_output_for_mask: false },
  kept: ['unroll', 'seed'],
};

/** Layers that go through a series step by step, one that says which steps they leave out, and those around other layers. */
export const recurrentLayers = [
  layerKind('Masking', plainFields('mask_value')),
  layerKind('SimpleRNN', fields, recurrent),
  layerKind('LSTM', { ...gated, unit_forget_bias: plain }, recurrent),
  layerKind('GRU', { ...gated, reset_after: plain }, recurrent),
  layerKind(
    'Bidirectional',
    { merge_mode: plain },
    {
      wrapped: { layer: 'forwardLayer', backward_layer: 'backwardLayer' },
      setInWrapped: ['zero_output_for_mask'],
    },
  ),
  layerKind('TimeDistributed', {}, { wrapped: { layer: 'layer' } }),
];
