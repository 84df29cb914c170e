import { isModelClass } from './modelConfig';
import { historyOf } from './values/tensorReference';
import { type Config, isConfig, kerasObject, sameJson } from './values/values';

/** Channels last, which Keras 2 lets its layers for pictures say nothing of. */
const PICTURE = { data_format: 'channels_last' };
const INTEGRAL = { quantization_config: null };

/**
 * The layers that Keras 2 computes as Keras 3 does, and of each what it does not know: it has to have this value.
 *
 * Checked by opening a model of every setting of every layer in tf_keras 2.21.0.
 */
const KNOWN: Readonly<Record<string, Config>> = {
  ...Object.fromEntries(
    [
      ...['Activation', 'Add', 'AlphaDropout', 'Average', 'AveragePooling1D', 'AveragePooling2D'],
      ...['BatchNormalization', 'Concatenate', 'Conv1D', 'Conv2D', 'Conv2DTranspose', 'Cropping2D'],
      ...['DepthwiseConv2D', 'Dropout', 'ELU', 'Flatten', 'GaussianDropout', 'GaussianNoise'],
      ...['GlobalAveragePooling1D', 'GlobalAveragePooling2D', 'GlobalMaxPooling1D'],
      ...['GlobalMaxPooling2D', 'GroupNormalization', 'Identity', 'InputLayer', 'LeakyReLU'],
      ...[
        'MaxPooling1D',
        'MaxPooling2D',
        'Maximum',
        'Minimum',
        'Multiply',
        'Normalization',
        'PReLU',
      ],
      ...['Permute', 'ReLU', 'RepeatVector', 'Rescaling', 'Reshape', 'SeparableConv2D', 'Softmax'],
      ...['SpatialDropout1D', 'SpatialDropout2D', 'Subtract', 'UpSampling2D', 'ZeroPadding2D'],
    ].map((name) => [name, {}]),
  ),
  Dense: INTEGRAL,
  Embedding: INTEGRAL,
  LayerNormalization: { rms_scaling: false },
  RandomFlip: PICTURE,
  RandomRotation: PICTURE,
  RandomTranslation: PICTURE,
  RandomZoom: PICTURE,
  CenterCrop: PICTURE,
  Resizing: {
    ...PICTURE,
    pad_to_aspect_ratio: false,
    fill_mode: 'constant',
    fill_value: 0,
    antialias: false,
  },
};

/** Activations that Keras 2 has not, or, of the hard sigmoid, computes otherwise. */
const ACTIVATIONS_OF_3 = [
  'celu',
  'hard_sigmoid',
  'hard_silu',
  'hard_tanh',
  'log_sigmoid',
  'squareplus',
  'tanh_shrink',
];

/**
 * The first layer of a model that Keras 2 does not know, or computes otherwise; undefined where there is none. A model within
 * a Functional one is among them: both Keras count its calls, each in its own way.
 *
 * @param model as Keras 3 writes it
 */
export function onlyInKeras3(model: Config): string | undefined {
  const isSequential = kerasObject(model)!.className === 'Sequential';
  for (const layer of layerConfigs(model)) {
    const { className, config } = kerasObject(layer)!;
    const isModel = isModelClass(className);
    const inner = isModel && isSequential ? onlyInKeras3(layer) : undefined;
    if (inner !== undefined) return inner;
    if (isModel ? !isSequential : !isKnown(className, config)) {
      return `${JSON.stringify(config['name'])} (${className})`;
    }
  }
  return undefined;
}

function isKnown(className: string, config: Config): boolean {
  const without = Object.hasOwn(KNOWN, className) ? KNOWN[className] : undefined;
  if (!without || ACTIVATIONS_OF_3.includes(String(config['activation']))) return false;
  // In the older spelling Keras 3 takes several axes, or none, for the last one.
  const { axis } = config;
  if (className === 'Normalization' && axis == null) return false;
  if (className === 'LayerNormalization' && Array.isArray(axis) && axis.length > 1) return false;
  return Object.entries(without).every(
    ([field, value]) => !(field in config) || sameJson(config[field], value),
  );
}

/**
 * Writes a model as Keras 2 does, which Keras 3 reads as well.
 *
 * Source: `Functional.get_config` and `serialize_keras_object` of tf_keras 2.21.0
 *
 * @param model as Keras 3 writes it, without a layer of {@link onlyInKeras3}
 */
export function asKeras2(model: Config): Config {
  const { className, config } = kerasObject(model)!;
  const layers = layerConfigs(model).map(layerOf);
  const written: Config = { ...plain(config), layers };
  if (className === 'Sequential') return { class_name: className, config: written };
  const references = (given: unknown[]) => (typeof given[0] === 'string' ? [given] : given);
  const calls = (layer: Config) =>
    (layer['inbound_nodes'] as Array<{ args: unknown[] }>).map(({ args }) =>
      args.flat().map((tensor) => [...historyOf(tensor)!, {}]),
    );
  return {
    class_name: className,
    config: {
      ...written,
      layers: layerConfigs(model).map((layer, i) => ({
        ...layers[i],
        inbound_nodes: calls(layer),
      })),
      input_layers: references(config['input_layers'] as unknown[]),
      output_layers: references(config['output_layers'] as unknown[]),
    },
  };
}

function layerConfigs(model: Config): Config[] {
  return kerasObject(model)!.config['layers'] as Config[];
}

function layerOf(layer: Config): Config {
  const { className, config } = kerasObject(layer)!;
  const { name } = config;
  if (isModelClass(className)) return { name, ...asKeras2(layer) };
  const fields = Object.entries(config).filter(([field]) => !(field in KNOWN[className]!));
  return {
    name,
    class_name: className,
    config: renamed(className, plain(Object.fromEntries(fields))),
  };
}

function renamed(className: string, config: Config): Config {
  if (className === 'InputLayer') {
    const { batch_shape, dtype, sparse, ragged, name } = config;
    return { batch_input_shape: batch_shape, dtype, sparse, ragged, name };
  }
  if (className !== 'LeakyReLU') return config;
  const { negative_slope, ...rest } = config;
  return { ...rest, alpha: negative_slope };
}

/** Objects with their class and configuration alone, and types of numbers by their names. */
function plain(config: Config): Config {
  return Object.fromEntries(
    Object.entries(config).map(([field, value]) => {
      const object = isConfig(value) ? kerasObject(value) : undefined;
      if (!object) return [field, value];
      if (object.className === 'DTypePolicy') return [field, object.config['name']];
      return [field, { class_name: object.className, config: object.config }];
    }),
  );
}
