import type { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';
import { NoiseShapeDropout } from './noiseShapeDropout';
import { registerLayer } from './registerLayer';

/** Keras' layer SpatialDropout2D, which tfjs has not: drops whole channels of a picture, [n, h, w, c]. */
export class SpatialDropout2D extends NoiseShapeDropout {
  static override readonly className = 'SpatialDropout2D';

  constructor(args: LayerArgs & { rate: number; seed?: number | null }) {
    super({ ...args, noiseShape: [null, 1, 1, null] });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const config = super.getConfig();
    delete config['noiseShape'];
    return config;
  }
}

registerLayer(SpatialDropout2D);
