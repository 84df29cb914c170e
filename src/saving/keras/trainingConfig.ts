import { type Config, isConfig, kerasObject } from './values/values';

/** How a model was compiled, as Keras writes it into the attribute `training_config` of an `.h5`. */
export type TrainingConfig = Record<string, unknown> & {
  loss: unknown;
  optimizer_config: unknown;
};

/** What may be given for each output, beside the loss. */
const PER_OUTPUT = ['metrics', 'weighted_metrics', 'loss_weights'];

/**
 * Writes as an `.h5` has it how a model was compiled.
 *
 * @param compiled `compile_config` of an archive, or `training_config` of an `.h5` or of tfjs's model.json
 * @param outputs by which names the model has its outputs, which it loses here: what is given by these becomes a list
 * @returns undefined when it says nothing of a loss or an optimizer
 */
export function trainingConfig(
  compiled: unknown,
  outputs: readonly string[] = [],
): TrainingConfig | undefined {
  if (!isConfig(compiled)) return undefined;
  const { optimizer, loss, optimizer_config = optimizer, ...rest } = compiled;
  if (loss == null || optimizer_config == null) return undefined;
  const listed = (given: unknown) =>
    isConfig(given) && kerasObject(given) === undefined && outputs.length > 1
      ? outputs.map((name) => given[name] ?? null)
      : given;
  const fields = Object.entries(rest).map(([field, given]) =>
    PER_OUTPUT.includes(field) ? [field, listed(given)] : [field, given],
  );
  return { ...(Object.fromEntries(fields) as Config), loss: listed(loss), optimizer_config };
}
