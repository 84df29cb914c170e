import type { tf } from '../../tensorflow/tf';
import { cropToAspect, padToAspect, resize, shapeOfSize, type OutputSize } from './croppedPictures';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

export interface ResizingSettings {
  height: number;
  width: number;
  /** Bilinear when left out. */
  interpolation?: 'bilinear' | 'nearest';
  /** Cuts off what the new aspect ratio has no room for, instead of distorting the picture. */
  cropToAspectRatio?: boolean;
  /** Puts `fillValue` beside the picture instead. */
  padToAspectRatio?: boolean;
  fillValue?: number;
}

/**
 * Keras' layer Resizing: [n, h, w, c] -> [n, height, width, c]. In the place of tfjs's own, which interpolates between
 * other points, does not crop, and gives its output a shape without the batch.
 *
 * Source: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/
 */
export class Resizing extends SettingsLayer<ResizingSettings> {
  static readonly className = 'Resizing';

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return shapeOfSize(inputShape, this.settings);
  }

  protected override compute(x: tf.Tensor4D): tf.Tensor {
    const { height, width, interpolation = 'bilinear', fillValue = 0, ...aspect } = this.settings;
    const size: OutputSize = [height, width];
    const fitting = aspect.cropToAspectRatio
      ? cropToAspect(x, size)
      : aspect.padToAspectRatio
        ? padToAspect(x, size, fillValue)
        : x;
    return resize(fitting, size, interpolation);
  }
}

registerLayer(Resizing);
