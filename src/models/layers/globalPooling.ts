import type { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

/** Global pooling that keeps height and width as 1: `[n, h, w, c]` -> `[n, 1, 1, c]`. */
abstract class GlobalPooling extends SettingsLayer {
  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, 1, 1, inputShape[3]!];
  }
}

/** Keras' GlobalAveragePooling2D with `keepdims=True`, which tfjs's does not know. */
export class GlobalAverage extends GlobalPooling {
  static readonly className = 'GlobalAverage';

  protected override compute(x: tf.Tensor): tf.Tensor {
    return x.mean([1, 2], true);
  }
}

/** Keras' GlobalMaxPooling2D with `keepdims=True`, which tfjs's does not know. */
export class GlobalMax extends GlobalPooling {
  static readonly className = 'GlobalMax';

  protected override compute(x: tf.Tensor): tf.Tensor {
    return x.max([1, 2], true);
  }
}

registerLayer(GlobalAverage);
registerLayer(GlobalMax);
