import type { tf } from '../../tensorflow/tf';
import { crop, cropToAspect, resize, shapeOfSize, type OutputSize } from './croppedPictures';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

/**
 * Keras' layer CenterCrop: the middle of a picture, [n, h, w, c] -> [n, height, width, c]; a picture that is smaller is
 * resized, without distorting it. In the place of tfjs's own, which crops one pixel beside the middle of some.
 *
 * Source: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/
 */
export class CenterCrop extends SettingsLayer<{ height: number; width: number }> {
  static readonly className = 'CenterCrop';

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return shapeOfSize(inputShape, this.settings);
  }

  protected override compute(x: tf.Tensor4D): tf.Tensor {
    const { height, width } = this.settings;
    const size: OutputSize = [height, width];
    const [, h, w] = x.shape;
    if (h >= height && w >= width) return crop(x, size);
    return resize(cropToAspect(x, size), size, 'bilinear');
  }
}

registerLayer(CenterCrop);
