import { Bidirectional, TimeDistributed } from '../../../models/layers/wrappers';
import { plain } from '../values/layerValues';
import type { LayerKind } from './layerKind';

/** Layers around other ones. */
export const wrappers: readonly LayerKind[] = [
  {
    keras: 'Bidirectional',
    tfjs: 'Bidirectional',
    create: (args) => new Bidirectional(args),
    fields: { merge_mode: plain },
    wrapped: { layer: 'forwardLayer', backward_layer: 'backwardLayer' },
    setInWrapped: ['zero_output_for_mask'],
    fixed: {},
  },
  {
    keras: 'TimeDistributed',
    tfjs: 'TimeDistributed',
    create: (args) => new TimeDistributed(args),
    fields: {},
    wrapped: { layer: 'layer' },
    fixed: {},
  },
];
