import { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';
import { registerLayer } from './registerLayer';

/** Global pooling that keeps height and width as 1: `[n, h, w, c]` -> `[n, 1, 1, c]`. */
abstract class GlobalPooling extends tf.layers.Layer {
  constructor(args: LayerArgs) {
    super(args);
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [inputShape[0]!, 1, 1, inputShape[3]!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.pool(Array.isArray(inputs) ? inputs[0]! : inputs));
  }

  protected abstract pool(input: tf.Tensor): tf.Tensor;
}

/** Keras' GlobalAveragePooling2D with `keepdims=True`, which tfjs's does not know. */
export class GlobalAverage extends GlobalPooling {
  static readonly className = 'GlobalAverage';

  protected override pool(input: tf.Tensor): tf.Tensor {
    return input.mean([1, 2], true);
  }
}

/** Keras' GlobalMaxPooling2D with `keepdims=True`, which tfjs's does not know. */
export class GlobalMax extends GlobalPooling {
  static readonly className = 'GlobalMax';

  protected override pool(input: tf.Tensor): tf.Tensor {
    return input.max([1, 2], true);
  }
}

registerLayer(GlobalAverage);
registerLayer(GlobalMax);
