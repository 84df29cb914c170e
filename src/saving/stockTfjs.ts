import { isOwnLayer } from '../models/layers/registerLayer';
import { onlyShape } from '../models/layers/settingsLayer';
import type { tf } from '../tensorflow/tf';

/** Layers that TensorFlow.js opens and computes otherwise, or with which it then fails. */
const OTHERWISE: Readonly<
  Record<string, (config: Readonly<Record<string, unknown>>, inputShape: tf.Shape) => boolean>
> = {
  CenterCrop: () => true,
  Resizing: () => true,
  DepthwiseConv2D: isDilated,
  SeparableConv2D: isDilated,
  UpSampling2D: ({ interpolation }) => interpolation === 'bilinear',
  GRU: ({ resetAfter }) => resetAfter === true,
  Flatten: (_, { length: rank }) => rank === 2,
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
    Boolean(
      OTHERWISE[className]?.(layer.getConfig(), onlyShape(layer.inboundNodes[0]!.inputShapes)),
    ) ||
    /^keras[A-Z]/.test(activation?.getClassName() ?? '')
  );
}

function describe(layer: tf.layers.Layer): string {
  return `${JSON.stringify(layer.name)} (${layer.getClassName()})`;
}

function layersIn(model: tf.LayersModel): tf.layers.Layer[] {
  return model.layers.flatMap((layer) =>
    'layers' in layer ? layersIn(layer as tf.LayersModel) : [layer],
  );
}
