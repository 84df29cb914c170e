import { checkOptionNames } from '../../errors/checkOptionNames';
import { loadImage } from '../../images/datasets/loadImage';
import { show } from '../../errors/show';
import { checkClassifier } from '../../models/checkClassifier';
import type { Classifier } from '../../models/classifier';
import { resizingOf } from '../../models/resizingOf';
import { toInput } from '../../models/toInput';
import { tf } from '../../tensorflow/tf';
import { checkFinite, checkNetwork, mapsOf, requiredConvolutions } from './networkParts';
import { valueAt } from './valueAt';

/** What a layer has found in a picture: one map for each of its filters. */
export interface FeatureMaps {
  layer: string;
  height: number;
  width: number;
  /** `height` × `width` numbers each, row by row: how well the filter fits there. */
  maps: Float32Array[];
}

const ACTION = 'Cannot compute the feature maps';

/**
 * Computes what a layer of a network gives for one picture. Leaves no tensors behind.
 *
 * @param classifier stays the caller's to dispose
 * @param picture as for `predictPicture`: a file's path, an address of this machine, or the encoded picture itself
 * @param options.layer the name of a layer that gives maps; the first convolution when left out
 * @throws {Error} when the network has no such layer or no convolution, has been disposed, gives NaN, or the picture cannot
 * be read
 * @example
 * const { maps } = await featureMaps(classifier, 'me.png', { layer: 'conv2d_Conv2D2' });
 */
export async function featureMaps(
  classifier: Classifier,
  picture: string | Uint8Array,
  options: { layer?: string } = {},
): Promise<FeatureMaps> {
  checkClassifier(classifier, ACTION);
  const { model, input } = classifier;
  checkOptionNames(ACTION, options, { layer: true });
  checkNetwork(model, ACTION);
  const { layer } = options;
  const output =
    layer === undefined ? requiredConvolutions(model, ACTION)[0]! : mapsOf(model, layer, ACTION);
  const pixels = await loadImage(picture, resizingOf(classifier)); // [height, width, channels]
  const features = tf.tidy(() => {
    const batch = toInput(pixels, input.rescale).expandDims(0); // [1, height, width, channels]
    pixels.dispose();
    return valueAt(output, new Map([[model.inputs[0]!, batch]])); // [1, h, w, maps]
  });
  const [, height, width, count] = features.shape as [number, number, number, number];
  const values = await features.data().finally(() => features.dispose());
  checkFinite(values, `the maps of layer ${show(output.sourceLayer.name)}`, ACTION);
  const maps = Array.from({ length: count }, (_, map) =>
    Float32Array.from({ length: height * width }, (_, i) => values[i * count + map]!),
  );
  return { layer: output.sourceLayer.name, height, width, maps };
}
