import { trustClass } from '../../tensorflow/objective/customCode';
import type { LayerArgs } from './layerClass';
import { Resizing } from './resizing';

/**
 * Keras' layer RandomCrop up to Keras 3.5: where it predicts, the largest part in the middle of a picture that has the
 * crop's aspect ratio, resized. (Later ones give the picture whole.) It is saved as the layer Resizing that it is then.
 */
export class ResizedCrop extends Resizing {
  constructor({ name, trainable, height, width }: LayerArgs & { height: number; width: number }) {
    super({ name, trainable, height, width, cropToAspectRatio: true });
  }
}

trustClass(ResizedCrop);
