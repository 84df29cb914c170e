import { tf } from '../../tensorflow/tf';
import type { Hdf5Group } from './hdf5File';
import { asFloat } from './kerasJson';
import { DEFAULTS, OPTIMIZERS, type OptimizerKind, settingsOf, type Slot } from './optimizerTable';
import { type TensorValues, tensorValues } from '../../tensorflow/native/tensorValues';
import { type Config, kerasObject, sameJson, toKerasObject } from './values/values';

/** Where an optimizer's variables come from: how many there are, and one of them. */
export interface StateSource {
  count: number;
  read(index: number, shape: number[]): Float32Array;
}

/**
 * Makes the optimizer of tfjs that takes the same steps as one of Keras'.
 *
 * @param value Keras' name of it, or the object that Keras writes
 * @returns a fresh optimizer; the caller disposes it
 * @throws {Error} when tfjs has no such optimizer, or it cannot do what the settings ask
 */
export function optimizerFromKeras(value: unknown): tf.Optimizer {
  if (value == null) {
    throw new Error(
      'its file has no optimizer: Keras 3 forgets it where the same model was saved as .h5 before',
    );
  }
  const given = kerasObject(value) ?? withDefaults(value);
  if (!given) throw new Error(`its optimizer is ${JSON.stringify(value)}, which is not known here`);
  const { config } = given;
  const className = given.className.replace(/^Custom>/, ''); // as the last Keras 2 writes it
  const kinds = OPTIMIZERS.filter(({ keras }) => keras === className);
  const [first] = kinds;
  if (!first) throw new Error(`its optimizer is ${className}, which is not known here`);
  const wrong = (kind: OptimizerKind) =>
    Object.entries({ ...kind.fixed, ...ONLY_OLD }).find(
      ([name, expected]) => name in config && !sameNumber(config[name], expected),
    )?.[0];
  const kind = kinds.find((some) => wrong(some) === undefined);
  if (!kind) {
    const name = wrong(kinds.at(-1)!)!;
    const expected = { ...ONLY_OLD, ...kinds.at(-1)!.fixed }[name];
    throw new Error(
      `its optimizer ${className} must have ${name} ${JSON.stringify(expected)}, got ${JSON.stringify(config[name])}`,
    );
  }
  const settings: Record<string, number> = {};
  for (const [name, tfjs] of settingsOf(kind)) {
    // Older versions called the learning rate so.
    const setting = config[name] ?? (name === 'learning_rate' ? config['lr'] : undefined);
    const schedule = kerasObject(setting)?.className;
    if (name === 'learning_rate' && schedule !== undefined) {
      throw new Error(
        `its optimizer ${className} has a learning rate that changes by ${schedule}, which is not known here; scheduleLearningRate changes one by a function`,
      );
    }
    if (typeof setting !== 'number') {
      throw new Error(
        `its optimizer ${className} must have a number as ${name}, got ${JSON.stringify(setting)}`,
      );
    }
    settings[tfjs] = setting;
  }
  return kind.create(settings);
}

/** The optimizer that Keras 2 writes by its name alone, as `compile('adam')` was given it: all its settings are Keras'. */
function withDefaults(name: unknown): { className: string; config: Config } | undefined {
  if (typeof name !== 'string') return undefined;
  const [className, config] =
    Object.entries(DEFAULTS).find(([known]) => known.toLowerCase() === name.toLowerCase()) ?? [];
  return className === undefined ? undefined : { className, config: config! };
}

/** Settings that Keras had before 2.11: the learning rate falls with each step. */
const ONLY_OLD: Config = { decay: 0 };

/** Keras writes numbers as float32 has them, 1.0000000116860974e-07 for 1e-7. */
function sameNumber(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return sameJson(a, b);
  return Math.fround(a) === Math.fround(b);
}

/** Writes an optimizer as Keras does. @throws {Error} when Keras has none that takes the same steps */
export function optimizerToKeras(optimizer: tf.Optimizer): Config {
  const kind = kindOf(optimizer);
  const config = optimizer.getConfig() as Config;
  const settings = settingsOf(kind).map(([name, tfjs]) => [name, config[tfjs]]);
  const all = { ...kind.fixed, ...(Object.fromEntries(settings) as Config) };
  return toKerasObject('keras.optimizers', kind.keras, {
    name: kind.keras.toLowerCase(),
    ...Object.fromEntries(
      Object.entries(all).map(([name, value]) => [
        name,
        typeof value === 'number' ? asFloat(value) : value,
      ]),
    ),
  });
}

function kindOf(optimizer: tf.Optimizer): OptimizerKind {
  const config = optimizer.getConfig() as Config;
  const tfjs = optimizer.getClassName();
  const kind = OPTIMIZERS.find(
    (some) =>
      some.tfjs === tfjs &&
      some.fixed['nesterov'] === (config['useNesterov'] ?? some.fixed['nesterov']),
  );
  if (!kind || config['centered'] === true || (config['decay'] && tfjs === 'Adamax')) {
    throw new Error(
      `its optimizer ${tfjs} ${kind ? `with ${JSON.stringify(config)} ` : ''}takes steps that none of Keras' takes`,
    );
  }
  return kind;
}

type Kept = Array<{ originalName: string; variable: tf.Variable }>;

/** The lists of variables that an optimizer keeps, which its types call private. */
function listsOf(optimizer: tf.Optimizer): Record<string, Kept | undefined> {
  return optimizer as unknown as Record<string, Kept | undefined>;
}

interface Counters {
  iterations_: number;
  /** Of Adamax alone. */
  iteration?: tf.Variable;
  accBeta1?: tf.Variable;
  beta1?: number;
}

function slotsOf(kind: OptimizerKind, optimizer: tf.Optimizer): Slot[] {
  const config = optimizer.getConfig() as Record<string, number>;
  return kind.slots.filter(({ field }) => {
    const setting = kind.onlyWith?.[field];
    return setting === undefined || config[setting]! > 0;
  });
}

/** Each slot of each weight, in the order in which Keras keeps them. */
function inOrder(
  kind: OptimizerKind,
  slots: Slot[],
  weights: tf.Variable[],
): Array<{ slot: Slot; weight: tf.Variable; index: number }> {
  return kind.isBySlot
    ? slots.flatMap((slot) => weights.map((weight, index) => ({ slot, weight, index })))
    : weights.flatMap((weight, index) => slots.map((slot) => ({ slot, weight, index })));
}

/** The variables that a model trains, in their order. */
function trainedBy(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/**
 * Gives an optimizer the variables that Keras' has saved: the number of its steps, its moments, and so on. A file that
 * holds none beside the first two, as of a model that was never trained, leaves it as it is.
 *
 * @throws {Error} when the file holds others than the model needs
 */
export function restoreOptimizer(model: tf.LayersModel, source: StateSource): void {
  const { optimizer } = model;
  if (source.count === 0) return;
  const kind = kindOf(optimizer);
  const weights = trainedBy(model);
  const order = inOrder(kind, slotsOf(kind, optimizer), weights);
  // The first two are the number of steps and the learning rate.
  const [steps] = source.read(0, []);
  restoreCounters(optimizer, steps!);
  // Keras 2's SGD also saves moments that it does not use.
  if (source.count === 2 || order.length === 0) return;
  if (source.count !== order.length + 2) {
    throw new Error(
      `its optimizer must have ${order.length + 2} variables, and the file holds ${source.count}`,
    );
  }
  const lists = listsOf(optimizer);
  const { learningRate } = optimizer.getConfig() as { learningRate: number };
  order.forEach(({ slot, weight, index }, i) => {
    const factor = slot.factor?.(learningRate) ?? 1;
    const values = source.read(i + 2, weight.shape);
    const kept = factor === 1 ? values : values.map((value) => value / factor);
    const variable = tf.tidy(() => tf.tensor(kept, weight.shape).variable(false));
    (lists[slot.field] ??= [])[index] = {
      originalName: `${weight.name}/${slot.suffix}`,
      variable,
    };
  });
}

function restoreCounters(optimizer: tf.Optimizer, steps: number): void {
  const counters = optimizer as unknown as Counters;
  counters.iterations_ = steps;
  if (optimizer.getClassName() !== 'Adamax') return;
  tf.tidy(() => {
    counters.iteration?.assign(tf.scalar(steps));
    counters.accBeta1?.assign(tf.scalar(counters.beta1! ** (steps + 1)));
  });
}

/** The group of an archive that holds the optimizer's variables. */
export async function optimizerGroup(model: tf.LayersModel): Promise<Hdf5Group> {
  const { optimizer } = model;
  const kind = kindOf(optimizer);
  const { learningRate } = optimizer.getConfig() as { learningRate: number };
  const steps = optimizer.iterations;
  const arrays: Hdf5Group['arrays'] = [
    { name: '0', shape: [], values: BigInt64Array.of(BigInt(steps)) },
    { name: '1', shape: [], values: Float32Array.of(learningRate) },
  ];
  const lists = listsOf(optimizer);
  const order = inOrder(kind, slotsOf(kind, optimizer), trainedBy(model));
  const isFresh = kind.slots.every(({ field }) => !lists[field]?.length);
  for (const [i, { slot, weight, index }] of (isFresh ? [] : order).entries()) {
    const name = `${weight.name}/${slot.suffix}`;
    const list = lists[slot.field] ?? [];
    // Adam finds its moments by name, the others by index.
    const kept = list.find(({ originalName }) => originalName === name) ?? list[index];
    if (!kept || !tf.util.arraysEqual(kept.variable.shape, weight.shape)) {
      throw new Error(
        `its optimizer has learned on other weights than those that the model trains now: compile the model anew, or save it with includeOptimizer: false`,
      );
    }
    const factor = slot.factor?.(learningRate) ?? 1;
    const values = await tensorValues(kept.variable);
    arrays.push({
      name: String(i + 2),
      shape: weight.shape,
      values: factor === 1 ? values : multiplied(values, factor),
    });
  }
  return { path: 'optimizer/vars', attributes: { name: kind.keras.toLowerCase() }, arrays };
}

function multiplied(values: TensorValues, factor: number): TensorValues {
  if (typeof values === 'function') return () => multiplied(values(), factor) as Float32Array;
  return values.map((value) => value * factor);
}
