import type { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

/** Keras' layer Identity, which tfjs has not: gives what it gets. tfjs has an initializer of that name. */
export class Identity<Settings extends object = object> extends SettingsLayer<Settings> {
  static readonly className: string = 'IdentityLayer';

  protected override compute(x: tf.Tensor): tf.Tensor {
    return x.clone();
  }
}

registerLayer(Identity);
