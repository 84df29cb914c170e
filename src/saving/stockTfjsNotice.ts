import { layersIn } from '../models/layers/layersIn';
import { isOwnLayer } from '../models/layers/registerLayer';
import { onlyShape } from '../models/layers/settingsLayer';
import type { tf } from '../tensorflow/tf';

/** Layers that TensorFlow.js opens and computes otherwise, or with which it then fails. */
const OTHERWISE: Readonly<
  Record<string, (config: Readonly<Record<string, unknown>>, inputShape: tf.Shape) => boolean>
> = {
  CenterCrop: () => true,
  Conv1D: ({ padding }) => padding === 'causal',
  Resizing: () => true,
  DepthwiseConv2D: isDilated,
  SeparableConv2D: isDilated,
  UpSampling2D: ({ interpolation }) => interpolation === 'bilinear',
  GRU: ({ resetAfter }) => resetAfter === true,
  Embedding: ({ maskZero }) => maskZero === true,
  Masking: () => true,
  Flatten: (_, { length: rank }) => rank === 2,
  Bidirectional: ({ backwardLayer }) => backwardLayer !== undefined,
};

function isDilated({ dilationRate }: Readonly<Record<string, unknown>>): boolean {
  return [dilationRate].flat().some((rate) => rate !== 1);
}

/**
 * Says which layers of a model TensorFlow.js does not know without Smile Lab, or computes otherwise.
 *
 * @returns a sentence; empty where there are none
 */
export function stockTfjsNotice(model: tf.LayersModel): string {
  const names = layersIn(model).filter(isOnlyHere).map(describe);
  if (names.length === 0) return '';
  return `TensorFlow.js without Smile Lab does not open ${names.join(', ')}, or computes something else.`;
}

function isOnlyHere(layer: tf.layers.Layer): boolean {
  const className = layer.getClassName();
  const { activation } = layer as unknown as { activation?: tf.serialization.Serializable };
  return (
    isOwnLayer(className) ||
    Boolean(OTHERWISE[className]?.(layer.getConfig(), inputShapeOf(layer))) ||
    /^keras[A-Z]/.test(activation?.getClassName() ?? '')
  );
}

/** The shape of a layer's input; empty where the layer is wrapped in another one, so that it has no input of its own. */
function inputShapeOf({ inboundNodes: [node] }: tf.layers.Layer): tf.Shape {
  return node ? onlyShape(node.inputShapes) : [];
}

function describe(layer: tf.layers.Layer): string {
  return `${JSON.stringify(layer.name)} (${layer.getClassName()})`;
}
