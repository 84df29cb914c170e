import { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';
import { registerLayer } from './registerLayer';

/**
 * CustomScaleLayer of InceptionResNetV2: the first of two inputs plus the second times `scale`.
 *
 * Source: keras/src/applications/inception_resnet_v2.py
 */
export class ScaledSum extends tf.layers.Layer {
  static readonly className = 'ScaledSum';
  private readonly scale: number;

  constructor({ scale, ...args }: LayerArgs & { scale: number }) {
    super(args);
    this.scale = scale;
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }

  override call(inputs: tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [a, b] = inputs as [tf.Tensor, tf.Tensor];
      return a.add(b.mul(this.scale));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), scale: this.scale };
  }
}

registerLayer(ScaledSum);
