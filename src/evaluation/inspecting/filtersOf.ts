import { show } from '../../errors/show';
import type { tf } from '../../tensorflow/tf';
import { checkFinite, checkNetwork, convolutionsOf, outputOf } from './networkParts';

/** The filters of a convolution over pictures. */
export interface Filters {
  layer: string;
  height: number;
  width: number;
  /** 3 of filters over red, green and blue; 1 of those over a grey picture. */
  channels: 1 | 3;
  /** `height` × `width` × `channels` numbers each, row by row: what the pixels under the filter are multiplied with. */
  filters: Float32Array[];
}

const ACTION = 'Cannot read the filters';

/**
 * Reads the filters of a convolution that looks at the picture itself. Filters of later convolutions go over the maps of
 * the layer before, not over colours, so they are no pictures: `featureMaps` shows what they find.
 *
 * @param model stays the caller's to dispose
 * @param layer the name of a convolution over 3 colours, or over a grey picture; the first convolution when left out
 * @throws {Error} when the network has no such layer, it has no filters over these, holds NaN, or has been disposed
 * @example
 * (await filtersOf(buildHappyOrSad())).filters.length; // 16
 */
export async function filtersOf(model: tf.LayersModel, layer?: string): Promise<Filters> {
  checkNetwork(model, ACTION);
  const output = layer === undefined ? convolutionsOf(model)[0] : outputOf(model, layer, ACTION);
  if (!output) throw new Error(`${ACTION}: a network with a convolution is required, it has none`);
  const { name, weights } = output.sourceLayer;
  const kernel = weights.find(({ shape }) => shape.length === 4); // [h, w, channels, filters]
  const [height, width, channels, count] = (kernel?.shape ?? []) as number[];
  const isOfPicture = channels === 3 || (channels === 1 && model.inputs[0]!.shape.at(-1) === 1);
  if (!kernel || !isOfPicture) {
    throw new Error(
      `${ACTION}: only filters over 3 colours or a grey picture can be seen as pictures, those of layer ${show(name)} go over ${channels ?? 'no'} maps; showActivations shows what they find`,
    );
  }
  const values = await kernel.read().data();
  checkFinite(values, `the filters of layer ${show(name)}`, ACTION);
  const size = height! * width! * channels;
  const filters = Array.from({ length: count! }, (_, filter) =>
    Float32Array.from({ length: size }, (_, i) => values[i * count! + filter]!),
  );
  return { layer: name, height: height!, width: width!, channels, filters };
}
