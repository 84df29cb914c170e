import { penalizeOutputs } from '../../models/layers/activityRegularizer';
import { keepSettings, keptSettings } from '../../models/layers/keptSettings';
import { layerClass } from '../../models/layers/layerClass';
import type { tf } from '../../tensorflow/tf';
import type { LayerKind } from './kinds/layerKind';
import { kindOfTfjs, kindsOfKeras } from './layerTable';
import { penaltyFromKeras } from './values/layerValues';
import {
  camelCase,
  type Config,
  isConfig,
  kerasObject,
  sameJson,
  snakeCase,
  toKerasObject,
} from './values/values';

/** Fields of every layer, and those that change nothing once a model is built. */
const WITHOUT_EFFECT = [
  'name',
  'trainable',
  'dtype',
  'batch_input_shape',
  'batch_shape',
  'renorm_clipping',
  'renorm_momentum',
  'rng_type', // of Keras 2's augmentation: where its random numbers come from
  'implementation', // of a recurrent layer in Keras 2: whether its gates are computed together
  'kernel_initializer', // of SeparableConv2D in Keras 2, beside its own two
];

/**
 * Makes the layer of tfjs that computes what a layer of Keras does.
 *
 * @param config Keras' configuration of the layer
 * @param keras the version that wrote it, after `kerasVersion`
 * @param makeWrapped makes a layer that the configuration holds
 * @throws {Error} when tfjs has no such layer, or it cannot do what the configuration asks
 */
export function layerFromKeras(
  className: string,
  config: Config,
  keras: number,
  makeWrapped: (value: unknown) => tf.layers.Layer,
): tf.layers.Layer {
  const known = kindsOfKeras(className);
  if (known.length === 0) {
    throw new Error(
      'there is no such layer here; where a prediction does not need it, take it out in Python before saving',
    );
  }
  const kinds = known.filter(
    ({ since = 0, before }) => since <= keras && (before === undefined || keras < before),
  );
  const [first] = kinds;
  if (!first)
    throw new Error('what it computes in the version of Keras that saved it is not known here');
  checkFloat32(config['dtype']);
  const given = className === 'LeakyReLU' ? renameOld(config) : config;
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
    args[tfjsField(kind, field)] = named(field, () => fromKeras(value, keras));
  }
  for (const field of Object.keys(kind.wrapped ?? {})) {
    if (given[field] == null) continue;
    const inner = withoutFields(given[field], kind.setInWrapped ?? []);
    args[camelCase(field)] = named(withClass(field, inner), () => makeWrapped(inner));
  }
  if (kind.allFields) Object.assign(args, otherSettings(given));
  const OfKind = kind.madeBy ?? layerClass(kind.tfjs);
  const layer = new OfKind(args as never);
  const kept = keptFields(kind).filter((field) => given[field] != null);
  if (kept.length > 0) {
    keepSettings(layer, Object.fromEntries(kept.map((field) => [field, given[field]])));
  }
  penalizeOutputs(layer, penaltyFromKeras(given['activity_regularizer']));
  return layer;
}

/** Of a value that is a word, as `channels_last`, how the other side spells it. */
function wordIn(spelling: (word: string) => string, value: unknown): unknown {
  return typeof value === 'string' ? spelling(value) : value;
}

function withClass(field: string, value: unknown): string {
  const layer = kerasObject(value);
  return layer ? `${field} ${layer.className}:` : field;
}

function withoutFields(value: unknown, fields: readonly string[]): unknown {
  const layer = kerasObject(value);
  if (!layer) return value;
  const left = Object.entries(layer.config).filter(([field]) => !fields.includes(field));
  return { ...(value as Config), config: Object.fromEntries(left) };
}

/** Settings of a layer that travel as they are. */
function otherSettings(config: Config): Config {
  const entries = Object.entries(config).filter(([field]) => !WITHOUT_EFFECT.includes(field));
  const nested = entries.find(([, value]) => isConfig(value));
  if (nested) throw new Error(`its ${nested[0]} is an object, which is not known here`);
  return Object.fromEntries(
    entries.map(([field, value]) => [camelCase(field), wordIn(camelCase, value)]),
  );
}

/** Fields that no prediction needs. Every layer may have a penalty on what it gives. */
function keptFields({ kept = [] }: LayerKind): readonly string[] {
  return [...kept, 'activity_regularizer'];
}

/** The first field that asks for what tfjs cannot do in this way. */
function refusedField(kind: LayerKind, config: Config): string | undefined {
  return Object.keys(config).find((field) => {
    const isTaken = [kind.fields, kind.wrapped ?? {}].some((fields) => field in fields);
    if (isTaken || keptFields(kind).includes(field)) return false;
    if (WITHOUT_EFFECT.includes(field) || kind.allFields) return false;
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

/** @throws {Error} when a layer computes with other numbers than float32, as after mixed-precision training */
export function checkFloat32(dtype: unknown): void {
  const policy = kerasObject(dtype)?.config['name'] ?? dtype ?? 'float32';
  if (policy !== 'float32') {
    throw new Error(
      `it must compute with float32, got ${JSON.stringify(policy)}; in Keras, build the model anew without that policy, ` +
        'give it the weights (set_weights), and save that',
    );
  }
}

/**
 * Writes a layer of tfjs as Keras does.
 *
 * @param name the layer's name in the file
 * @param writeWrapped writes a layer that this one holds
 * @throws {Error} when Keras has no such layer, or it cannot do what this one does
 */
export function layerToKeras(
  layer: tf.layers.Layer,
  name: string,
  writeWrapped: (layer: tf.layers.Layer) => Config,
): Config {
  const kind = kindOfTfjs(layer.getClassName());
  if (!kind) throw new Error('Keras has no such layer, or it is not known here');
  const properties = layer as unknown as Config;
  const config = layer.getConfig();
  const value = (field: string): unknown => {
    const key = tfjsField(kind, field);
    return key in config ? (config as Config)[key] : properties[key];
  };
  const fields: Config = {};
  if (kind.allFields) {
    for (const [key, setting] of Object.entries(properties['settings'] as Config)) {
      fields[snakeCase(key)] = wordIn(snakeCase, setting);
    }
  }
  Object.assign(fields, kind.fixed, keptSettings(layer));
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
  for (const [field, property] of Object.entries(kind.wrapped ?? {})) {
    const inner = properties[property] as tf.layers.Layer;
    fields[field] = named(`${field} ${inner.getClassName()}:`, () => writeWrapped(inner));
  }
  const trainable = kind.isNeverTrained ? {} : { trainable: layer.trainable };
  const common = { name, ...trainable, dtype: FLOAT32 };
  return toKerasObject(kind.module ?? 'keras.layers', kind.keras, { ...common, ...fields });
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
