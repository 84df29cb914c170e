import type { tf } from '../../tensorflow/tf';
import { kindOfTfjs, kindsOfKeras, type LayerKind } from './layerTable';
import { camelCase, type Config, isConfig, kerasObject, sameJson, toKerasObject } from './values';

/** Fields of every layer, and those that change nothing once a model is built. */
const WITHOUT_EFFECT = [
  'name',
  'trainable',
  'dtype',
  'batch_input_shape',
  'batch_shape',
  'renorm_clipping',
  'renorm_momentum',
  'kernel_initializer', // of SeparableConv2D in Keras 2, beside its own two
];

/**
 * Makes the layer of tfjs that computes what a layer of Keras does.
 *
 * @param config Keras' configuration of the layer
 * @throws Error when tfjs has no such layer, or it cannot do what the configuration asks
 */
export function layerFromKeras(className: string, config: Config): tf.layers.Layer {
  const kinds = kindsOfKeras(className);
  const [first] = kinds;
  if (!first) throw new Error('there is no such layer here');
  checkFloat32(config['dtype']);
  const given = renameOld(config);
  const kind = kinds.find((some) => !refusedField(some, given)) ?? first;
  const refused = refusedField(kind, given);
  if (refused !== undefined) {
    throw new Error(
      `its ${refused} must be ${JSON.stringify(kind.fixed[refused] ?? null)}, got ${JSON.stringify(given[refused])}`,
    );
  }
  const args: Config = { name: config['name'], trainable: config['trainable'] ?? true };
  for (const [field, { fromKeras }] of Object.entries(kind.fields)) {
    const value = field in given ? given[field] : kind.defaults?.[field];
    if (value === undefined) continue;
    args[tfjsField(kind, field)] = named(field, () => fromKeras(value));
  }
  return kind.create(args as never);
}

/** The first field that asks for what tfjs cannot do in this way. */
function refusedField(kind: LayerKind, config: Config): string | undefined {
  return Object.keys(config).find((field) => {
    if (field in kind.fields || WITHOUT_EFFECT.includes(field)) return false;
    const fixed = { ...kind.fixed, ...kind.fixedOnce };
    if (field in fixed) return !sameJson(config[field], fixed[field]);
    // A field that is not known, of an older or newer Keras: switched off it asks for nothing.
    return config[field] != null && config[field] !== false;
  });
}

function renameOld(config: Config): Config {
  const { alpha, ...rest } = config;
  return alpha === undefined ? config : { ...rest, negative_slope: alpha }; // LeakyReLU of Keras 2
}

function tfjsField(kind: LayerKind, field: string): string {
  return kind.renamed?.[field] ?? camelCase(field);
}

/** @throws Error when a layer computes with other numbers than float32, as after mixed-precision training */
export function checkFloat32(dtype: unknown): void {
  const policy = kerasObject(dtype)?.config['name'] ?? dtype ?? 'float32';
  if (policy !== 'float32') {
    throw new Error(`it must compute with float32, got ${JSON.stringify(policy)}`);
  }
}

/**
 * Writes a layer of tfjs as Keras does.
 *
 * @param name the layer's name in the file
 * @throws Error when Keras has no such layer, or it cannot do what this one does
 */
export function layerToKeras(layer: tf.layers.Layer, name: string): Config {
  const kind = kindOfTfjs(layer.getClassName());
  if (!kind) throw new Error('Keras has no such layer, or it is not known here');
  const properties = layer as unknown as Config;
  // tfjs writes no depth_multiplier, and a wrong constraint, of some layers: it is asked for the values themselves.
  const config = { ...layer.getConfig(), depthwiseConstraint: properties['depthwiseConstraint'] };
  const value = (field: string): unknown => {
    const key = tfjsField(kind, field);
    return key in config ? (config as Config)[key] : properties[key];
  };
  const fields: Config = { ...kind.fixed };
  for (const [field, expected] of Object.entries(kind.fixed)) {
    const got = value(field);
    const isSame = sameJson(got, expected) || (got === 'channelsLast' && field === 'data_format');
    if (got != null && !isSame) {
      const what = isConfig(got) ? (got['className'] ?? got) : got;
      throw new Error(
        `its ${field} must be ${JSON.stringify(expected)}, got ${JSON.stringify(what)}`,
      );
    }
  }
  for (const [field, { toKeras }] of Object.entries(kind.fields)) {
    const got = value(field);
    if (got !== undefined) fields[field] = named(field, () => toKeras(got));
  }
  const common = { name, trainable: layer.trainable, dtype: FLOAT32 };
  return toKerasObject('keras.layers', kind.keras, { ...common, ...fields });
}

/** The type of numbers that every layer computes with, as Keras writes it. */
export const FLOAT32 = toKerasObject('keras', 'DTypePolicy', { name: 'float32' });

function named<T>(field: string, translate: () => T): T {
  try {
    return translate();
  } catch (error) {
    throw new Error(`its ${field} ${(error as Error).message}`, { cause: error });
  }
}
