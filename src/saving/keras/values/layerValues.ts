import { OWN_ACTIVATIONS } from '../../../models/layers/activations';
import type { Penalty } from '../../../models/layers/activityRegularizer';
import { KERAS_3 } from './kerasVersion';
import { camelCase, type Config, isConfig, kerasObject, snakeCase, toKerasObject } from './values';

/** A value of a layer's configuration, translated in both directions. Both throw on what the other side has not. */
export interface Translation {
  /** @param keras the version that wrote it, after `kerasVersion` */
  fromKeras(value: unknown, keras: number): unknown;
  toKeras(value: unknown): unknown;
}

const same = (value: unknown): unknown => value;

/** Numbers, sizes, switches and words that both sides write alike. */
export const plain: Translation = { fromKeras: same, toKeras: same };

/** Keras' names of the activations that compute the same on both sides, and tfjs's. */
const ACTIVATIONS: ReadonlyMap<string, string> = new Map([
  ['elu', 'elu'],
  ['gelu', 'gelu'],
  ['linear', 'linear'],
  ['log_softmax', 'logSoftmax'],
  ['mish', 'mish'],
  ['relu', 'relu'],
  ['relu6', 'relu6'],
  ['selu', 'selu'],
  ['sigmoid', 'sigmoid'],
  ['silu', 'swish'],
  ['softmax', 'softmax'],
  ['softplus', 'softplus'],
  ['softsign', 'softsign'],
  ['swish', 'swish'],
  ['tanh', 'tanh'],
  ...Object.entries(OWN_ACTIVATIONS),
]);

export const activation: Translation = {
  fromKeras(value, keras) {
    const name = value ?? 'linear';
    // Keras 2 and tfjs: clip(0.2x + 0.5); Keras 3: clip(x/6 + 0.5).
    if (name === 'hard_sigmoid' && keras < KERAS_3) return 'hardSigmoid';
    const known = typeof name === 'string' ? ACTIVATIONS.get(name) : undefined;
    if (known === undefined) throw new Error(notKnown(value));
    return known;
  },
  toKeras(value) {
    for (const [keras, tfjs] of ACTIVATIONS) if (tfjs === value) return keras;
    if (value === 'hardSigmoid') {
      throw new Error(
        `is "hardSigmoid", clip(0.2x + 0.5), and Keras 3 knows only clip(x/6 + 0.5): make the layer with 'sigmoid' and train it again, or save the model with saveClassifier()`,
      );
    }
    throw new Error(notKnown(value));
  },
};

/** Where the names differ in more than `fan_in` for `fanIn`. */
const INITIALIZERS: ReadonlyMap<string, string> = new Map([['LecunNormal', 'LeCunNormal']]);
const SAME_INITIALIZERS = [
  'Zeros',
  'Ones',
  'Constant',
  'RandomUniform',
  'RandomNormal',
  'TruncatedNormal',
  'VarianceScaling',
  'GlorotUniform',
  'GlorotNormal',
  'HeNormal',
  'HeUniform',
  'Orthogonal',
];
const WORDS: ReadonlyArray<[keras: string, tfjs: string]> = [
  ['fan_in', 'fanIn'],
  ['fan_out', 'fanOut'],
  ['fan_avg', 'fanAvg'],
  ['truncated_normal', 'truncatedNormal'],
  ['truncated_normal', 'normal'], // tfjs's normal is a truncated one as well
];
const INITIALIZER_FIELDS = [
  'value',
  'minval',
  'maxval',
  'mean',
  'stddev',
  'scale',
  'mode',
  'distribution',
  'gain',
  'seed',
];

function initializerFields(config: Config, from: 0 | 1, to: 0 | 1): Config {
  const fields = INITIALIZER_FIELDS.filter((field) => config[field] != null);
  const word = (value: unknown) => WORDS.find((words) => words[from] === value)?.[to] ?? value;
  return Object.fromEntries(fields.map((field) => [field, word(config[field])]));
}

/**
 * How weights were drawn at first. It matters to nobody once they are loaded, so that one which the other side has not
 * becomes the layer's default.
 */
export const initializer: Translation = {
  fromKeras(value) {
    const { className = String(value), config = {} } = kerasObject(value) ?? {};
    const known =
      INITIALIZERS.get(className) ??
      (SAME_INITIALIZERS.includes(className) ? className : undefined);
    return known && { className: known, config: initializerFields(config, 0, 1) };
  },
  toKeras(value) {
    const { className, config } = value as { className: string; config: Config };
    const isGlorot =
      config['scale'] === 1 && config['mode'] === 'fanAvg' && config['distribution'] === 'uniform';
    if (className === 'VarianceScaling' && isGlorot) {
      const seed = config['seed'] ?? null;
      return toKerasObject('keras.initializers', 'GlorotUniform', { seed });
    }
    if (!SAME_INITIALIZERS.includes(className)) {
      return toKerasObject('keras.initializers', 'GlorotUniform', { seed: null });
    }
    return toKerasObject('keras.initializers', className, initializerFields(config, 1, 0));
  },
};

/** L1 and L2, whose penalty is part of the loss. */
export const regularizer: Translation = {
  fromKeras(value) {
    if (value == null) return undefined;
    const config = penaltyFromKeras(value);
    if (!config) throw new Error(notKnown(value));
    return { className: 'L1L2', config };
  },
  toKeras(value) {
    if (value == null) return null;
    const { className, config } = value as { className: string; config: Config };
    if (className !== 'L1L2') throw new Error(notKnown(value));
    const { l1, l2 } = config;
    return toKerasObject('keras.regularizers', 'L1L2', { l1, l2 });
  },
};

/** The factors of L1 and L2; undefined for another regularizer. */
export function penaltyFromKeras(value: unknown): Penalty | undefined {
  const { className, config } = kerasObject(value) ?? {};
  if (!className || !['L1', 'L2', 'L1L2'].includes(className)) return undefined;
  const { l1 = 0, l2 = 0 } = config as Partial<Penalty>;
  return { l1, l2 };
}

/** What a weight is put back to after each step of a training. */
export const constraint: Translation = {
  fromKeras(value) {
    if (value == null) return undefined;
    const { className = String(value), config = {} } = kerasObject(value) ?? {};
    if (!CONSTRAINTS.includes(className)) throw new Error(notKnown(value));
    const fields = Object.entries(config).map(([field, setting]) => {
      const axes = Array.isArray(setting) && setting.length === 1 ? setting[0] : setting;
      return [camelCase(field), axes as unknown];
    });
    return { className, config: Object.fromEntries(fields) as Config };
  },
  toKeras(value) {
    if (value == null) return null;
    const { className, config } = value as { className: string; config: Config };
    if (!CONSTRAINTS.includes(className)) throw new Error(notKnown(value));
    const fields = Object.entries(config).map(([field, setting]) => [snakeCase(field), setting]);
    return toKerasObject('keras.constraints', className, Object.fromEntries(fields) as Config);
  },
};

const CONSTRAINTS = ['MaxNorm', 'MinMaxNorm', 'NonNeg', 'UnitNorm'];

/** How a picture's edges are treated by a window that is moved over it; tfjs knows no other word. */
export const padding: Translation = oneOf(['same', 'valid']);

/** The same of a series, of which no step sees a later one with the third word. */
export const paddingOfSeries: Translation = oneOf(['same', 'valid', 'causal']);

/** How a picture is enlarged or shrunk. */
export const interpolation: Translation = oneOf(['bilinear', 'nearest']);

function oneOf(known: readonly string[]): Translation {
  const check = (value: unknown): unknown => {
    if (known.includes(value as string)) return value;
    const words = known.map((word) => JSON.stringify(word)).join(' or ');
    throw new Error(`must be ${words}, got ${JSON.stringify(value)}`);
  };
  return { fromKeras: check, toKeras: check };
}

/** An axis, which Keras also writes as a list of one. */
export const axis: Translation = { fromKeras: oneAxis, toKeras: same };

function oneAxis(value: unknown): number {
  const [first, ...rest] = Array.isArray(value) ? (value as unknown[]) : [value];
  if (typeof first !== 'number' || rest.length > 0) {
    throw new Error(`must be one axis, got ${JSON.stringify(value)}`);
  }
  return first;
}

/** A shape in which one size may follow from the others: -1, and null in tfjs. */
export const openShape: Translation = {
  fromKeras: same,
  toKeras: (value) => (value as Array<number | null>).map((size) => size ?? -1),
};

/** One axis, or a list of them. tfjs also changes the list that it is given. */
export const axes: Translation = {
  fromKeras: (value) => (Array.isArray(value) ? [...(value as unknown[])] : value),
  toKeras: same,
};

/** The axis of a layer Normalization: one, in a list, or none. */
export const axisOrNone: Translation = {
  fromKeras: (value) =>
    value == null || (Array.isArray(value) && value.length === 0) ? null : oneAxis(value),
  toKeras: (value) => (value === null ? null : [value]),
};

/** Mean or variance of a layer Normalization, in whatever nesting: one number, or one for each channel. */
export const moments: Translation = {
  fromKeras(value) {
    if (!Array.isArray(value)) return value ?? null;
    return (value as unknown[]).flat(Infinity);
  },
  toKeras: same,
};

function notKnown(value: unknown): string {
  const name = isConfig(value) ? (value['class_name'] ?? value['className']) : value;
  if (name === undefined)
    return 'is a function of its own, which a file of Keras holds as Python code';
  if (isConfig(value) && value['module'] === 'keras.layers') {
    return `is the layer ${JSON.stringify(name)}: add it behind this one as a layer of its own`;
  }
  return `is ${JSON.stringify(name)}, which is not known on both sides`;
}
