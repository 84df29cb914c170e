import '../../../models/layers/wrappers';
import { plain } from '../values/layerValues';
import { layerKind } from './layerKind';

/** Layers around other ones. */
export const wrappers = [
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
