import { modelName } from '../native/modelName';
import type { tf } from '../native/tfjs';
import { variablesOf } from './modelParts';
import { findNotFinite } from './notFinite';
import { warnOnce } from '../native/warnOnce';

export type Use = 'predicts' | 'is evaluated' | 'trains';

const NOTICES: Record<Use, [verb: string, consequence: string]> = {
  predicts: ['predicts from', 'What it answers for them means nothing.'],
  'is evaluated': ['is evaluated on', 'Its loss and its metrics mean nothing then.'],
  trains: ['trains on', 'They make its loss and its weights NaN.'],
};

/**
 * Says that a batch holds NaN or infinity and where: once a process for each model, use and tensor.
 *
 * @param batch a model's inputs, then its labels, then the weights of the samples; what is left out is null
 * @returns whether there was something to say
 */
export function warnOfBatch(
  model: tf.LayersModel,
  use: Use,
  batch: ReadonlyArray<tf.Tensor | null | undefined>,
): boolean {
  let hasWarned = false;
  batch.forEach((tensor, i) => {
    const found = tensor ? findNotFinite(tensor) : undefined;
    if (!found) return;
    hasWarned = true;
    const { value, count, samples, first } = found;
    const [verb, consequence] = NOTICES[use];
    const name = nameOf(model, i);
    warnOnce(
      `The model "${model.name}" ${verb} numbers that are not finite: ${name} ${value} in ${count} of ${samples} samples, first in sample ${first} (counted from 0). ${consequence} Look for a division by 0 or a missing value where these numbers are made.`,
      `${model.name} ${use} ${name}`,
    );
  });
  return hasWarned;
}

/** Models whose training a callback ends as soon as a weight is not finite, and says so. */
const guarded = new WeakSet<tf.LayersModel>();

/** Leaves it to a callback to say that the weights of a model are not finite, as long as it trains. */
export function setGuarded(model: tf.LayersModel, isGuarded: boolean): void {
  if (isGuarded) guarded.add(model);
  else guarded.delete(model);
}

/**
 * Says that weights hold NaN or infinity, and which: once a process for each model.
 *
 * @param variables those of the model, and perhaps of its optimizer
 */
export function warnOfWeights(model: tf.LayersModel, variables: readonly tf.Variable[]): void {
  if (guarded.has(model)) return;
  const own = new Set(variablesOf(model));
  const spoiled = variables.flatMap((variable) => {
    const found = own.has(variable) ? findNotFinite(variable) : undefined;
    return found ? [`"${variable.name}" holds ${found.value}`] : [];
  });
  if (spoiled.length === 0) return;
  const [first, ...others] = spoiled;
  const more = others.length > 0 ? `, and ${others.length} more are not finite` : '';
  warnOnce(
    `The model "${model.name}" has weights that are not finite: ${first}${more}. What it answers means nothing. Load or build it anew; stopAtNaN() ends a training before its weights are lost.`,
    weightsWarningKey(model),
  );
}

/** What {@link warnOnce} knows a warning of a model's weights by. */
export function weightsWarningKey(model: tf.LayersModel): string {
  return `${modelName(model)} weights`;
}

function nameOf({ inputNames, outputNames }: tf.LayersModel, index: number): string {
  const input = inputNames[index];
  if (input !== undefined) return `its input "${input}" holds`;
  return index < inputNames.length + outputNames.length
    ? 'its labels hold'
    : 'the weights of its samples hold';
}
