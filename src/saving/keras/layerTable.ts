import '../../models/layers/untrainedParts';
import { activations } from './kinds/activations';
import { convolutions } from './kinds/convolutions';
import { denseLayers } from './kinds/denseLayers';
import type { LayerKind } from './kinds/layerKind';
import { normalizations } from './kinds/normalizations';
import { pictures } from './kinds/pictures';
import { poolings } from './kinds/poolings';
import { recurrentLayers } from './kinds/recurrentLayers';
import { regularizations } from './kinds/regularizations';
import { shapes } from './kinds/shapes';

/** All classes of layers that travel between Keras and here; each setting of each is held against Keras by a test. */
export const LAYER_KINDS: readonly LayerKind[] = [
  ...pictures,
  ...convolutions,
  ...poolings,
  ...normalizations,
  ...denseLayers,
  ...recurrentLayers,
  ...activations,
  ...regularizations,
  ...shapes,
];

/** The ways in which layers of a class of Keras' are made here; the first one that suits is taken. */
export function kindsOfKeras(className: string): LayerKind[] {
  return LAYER_KINDS.filter(({ keras }) => keras === className);
}

/** How a layer of tfjs is written for Keras; undefined when Keras has none like it, or it is not known here. */
export function kindOfTfjs(className: string): LayerKind | undefined {
  return LAYER_KINDS.find(({ tfjs }) => tfjs === className);
}
