import { tf } from '../../tensorflow/tf';
import './maskedOutputs';
import './recurrent';
import { penalizeOutputs, penaltyOnOutputs } from './activityRegularizer';
import { keepSettings, keptSettings } from './keptSettings';
import { type LayerArgs, layerClass, type Tensors } from './layerClass';
import { registerLayer } from './registerLayer';

type Wrapped = LayerArgs & { layer: tf.layers.Layer };

/** Fields of tfjs's Bidirectional. */
interface Directions {
  forwardLayer: tf.layers.Layer;
  backwardLayer: tf.layers.Layer;
  returnSequences: boolean;
}

/** A layer in a configuration. */
interface Described {
  className: string;
  config: tf.serialization.ConfigDict;
}

/**
 * tfjs's layer Bidirectional, which also takes a layer of its own for the way back, is frozen where its settings say so, and adds
 * the penalties of both layers to the loss.
 */
export class Bidirectional extends layerClass<Directions>('Bidirectional') {
  static readonly className = 'Bidirectional';
  private readonly hasOwnBackward: boolean;

  constructor({ backwardLayer, ...args }: Wrapped & { backwardLayer?: tf.layers.Layer }) {
    // It names its copy so itself.
    args.layer.name = args.layer.name.replace(/^forward_/, '');
    super(args);
    copySettings(args.layer, this.forwardLayer);
    copySettings(backwardLayer ?? args.layer, this.backwardLayer);
    const described = (layer: tf.layers.Layer) =>
      JSON.stringify([layer.getClassName(), layer.getConfig()]);
    this.hasOwnBackward =
      backwardLayer !== undefined && described(backwardLayer) !== described(this.backwardLayer);
    if (backwardLayer && this.hasOwnBackward) this.backwardLayer = backwardLayer;
    if (args.trainable === false) this.trainable = false;
  }

  /** In Keras its steps are 0 where they are masked. */
  override call(inputs: Tensors, kwargs: Record<string, unknown>): Tensors {
    const { mask } = kwargs ?? {};
    if (!mask || !this.returnSequences) return super.call(inputs, kwargs);
    return tf.tidy(() => {
      const taken = (mask as tf.Tensor).cast('float32').expandDims(-1);
      const outputs = super.call(inputs, kwargs);
      return Array.isArray(outputs) ? outputs.map((y) => y.mul(taken)) : outputs.mul(taken);
    });
  }

  override calculateLosses(): tf.Scalar[] {
    return [this.forwardLayer, this.backwardLayer].flatMap((layer) => layer.calculateLosses());
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { backwardLayer } = this;
    if (!this.hasOwnBackward) return super.getConfig();
    const described = {
      className: backwardLayer.getClassName(),
      config: backwardLayer.getConfig(),
    };
    return { ...super.getConfig(), backwardLayer: described };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    { backwardLayer, ...config }: tf.serialization.ConfigDict,
  ): T {
    const { className, config: own } = (backwardLayer ?? {}) as unknown as Partial<Described>;
    const OfBackward = className === undefined ? undefined : layerClass(className);
    const backward = OfBackward?.fromConfig(OfBackward as never, own!);
    const given = { ...config, ...(backward ? { backwardLayer: backward } : {}) };
    return super.fromConfig(cls as never, given as tf.serialization.ConfigDict) as T;
  }
}

/** What tfjs's copy of a layer does not get. */
function copySettings(from: tf.layers.Layer, to: tf.layers.Layer): void {
  keepSettings(to, keptSettings(from));
  penalizeOutputs(to, penaltyOnOutputs(from));
}

/** tfjs's layer TimeDistributed, which is frozen where its settings say so, and also takes a model whose weights have penalties. */
export class TimeDistributed extends layerClass<{ layer: tf.layers.Layer }>('TimeDistributed') {
  static readonly className = 'TimeDistributed';

  constructor(args: Wrapped) {
    super(args);
    // Keras' own, too, adds no penalty on what the layer within gives.
    if (penaltyOnOutputs(args.layer)) penalizeOutputs(args.layer, { l1: 0, l2: 0 });
    if (args.trainable === false) this.trainable = false;
  }

  /** A mask is for steps, and the layer within sees none. */
  override call(inputs: Tensors, kwargs: Record<string, unknown>): Tensors {
    return super.call(inputs, { ...kwargs, mask: undefined });
  }

  override calculateLosses(): tf.Scalar[] {
    return this.layer.calculateLosses();
  }
}

registerLayer(Bidirectional);
registerLayer(TimeDistributed);
