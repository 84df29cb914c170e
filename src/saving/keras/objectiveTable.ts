import {
  binaryAccuracyAbove,
  equalAccuracy,
  sparseTopKAccuracy,
  topKAccuracy,
} from '../../tensorflow/objective/accuracies';
import { huber } from '../../tensorflow/objective/lossesWithSettings';
import type { Loss } from '../../tensorflow/objective/fromLogits';
import { tf } from '../../tensorflow/tf';
import { kerasObject } from './values/values';

/** A loss or metric as tfjs takes it: its name, or a function where it has none. */
export type TfjsObjective = string | Loss;
export type Names = ReadonlyArray<readonly [name: string, className: string, tfjs: TfjsObjective]>;

/** Losses that compute the same on both sides: Keras' name, its class, tfjs's name. */
export const LOSSES: Names = [
  ['binary_crossentropy', 'BinaryCrossentropy', 'binaryCrossentropy'],
  ['categorical_crossentropy', 'CategoricalCrossentropy', 'categoricalCrossentropy'],
  [
    'sparse_categorical_crossentropy',
    'SparseCategoricalCrossentropy',
    'sparseCategoricalCrossentropy',
  ],
  ['mean_squared_error', 'MeanSquaredError', 'meanSquaredError'],
  ['mean_absolute_error', 'MeanAbsoluteError', 'meanAbsoluteError'],
  ['mse', 'MeanSquaredError', 'meanSquaredError'],
  ['mae', 'MeanAbsoluteError', 'meanAbsoluteError'],
  ['hinge', 'Hinge', 'hinge'],
  ['squared_hinge', 'SquaredHinge', 'squaredHinge'],
  ['categorical_hinge', 'CategoricalHinge', 'categoricalHinge'],
  ['huber', 'Huber', huber(1)],
];

/** Of a class, a setting that is computed with whatever it is, and what computes with it. */
export const MADE: Readonly<Record<string, [setting: string, make: (value: number) => Loss]>> = {
  BinaryAccuracy: ['threshold', binaryAccuracyAbove],
  Huber: ['delta', huber],
  TopKCategoricalAccuracy: ['k', topKAccuracy],
  SparseTopKCategoricalAccuracy: ['k', sparseTopKAccuracy],
};

/** Short names, each beside that of its row: `ALL_OBJECTS_DICT` in keras/src/losses and keras/src/metrics. */
const ALIASES: Readonly<Record<string, string>> = {
  bce: 'binary_crossentropy',
  BCE: 'binary_crossentropy',
  MSE: 'mse',
  MAE: 'mae',
};

/** Metrics likewise. tfjs's precision is another than Keras'. A name alone is one that Keras chooses by the shapes. */
export const METRICS: Names = [
  ['accuracy', '', 'accuracy'],
  ['Accuracy', '', 'accuracy'],
  ['acc', '', 'acc'],
  ['', 'Accuracy', equalAccuracy],
  ['binary_accuracy', 'BinaryAccuracy', 'binaryAccuracy'],
  ['categorical_accuracy', 'CategoricalAccuracy', 'categoricalAccuracy'],
  [
    'sparse_categorical_accuracy',
    'SparseCategoricalAccuracy',
    tf.metrics.sparseCategoricalAccuracy as TfjsObjective,
  ],
  ['top_k_categorical_accuracy', 'TopKCategoricalAccuracy', topKAccuracy(5)],
  ['sparse_top_k_categorical_accuracy', 'SparseTopKCategoricalAccuracy', sparseTopKAccuracy(5)],
  ['binary_crossentropy', 'BinaryCrossentropy', tf.metrics.binaryCrossentropy as TfjsObjective],
  ...LOSSES.slice(1, 3),
  ['mse', 'MeanSquaredError', 'mse'],
  ['mae', 'MeanAbsoluteError', 'mae'],
  ['mean_squared_error', 'MeanSquaredError', 'mse'],
  ['mean_absolute_error', 'MeanAbsoluteError', 'mae'],
];

/** The row of what Keras has written: of an object its class, of a text its name, its class or a shorter name. */
export function rowOf(names: Names, value: unknown): Names[number] | undefined {
  const className = kerasObject(value)?.className;
  if (className !== undefined) return names.find(([, itsClass]) => itsClass === className);
  if (typeof value !== 'string' || value === '') return undefined;
  const known = Object.hasOwn(ALIASES, value) ? ALIASES[value]! : value;
  return names.find(([name, itsClass]) => name === known || itsClass === known);
}

/** What tfjs calls it. */
export function objectiveName(objective: TfjsObjective): string {
  return typeof objective === 'string' ? objective : objective.name;
}

/** Whether a model was given this one: by its name, or as its function. */
export function isSameObjective(tfjs: TfjsObjective, given: unknown): boolean {
  return given === tfjs || given === (tf.metrics as Record<string, unknown>)[objectiveName(tfjs)];
}
