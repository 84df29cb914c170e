import type { SavedLoss } from '../../models/outputMeaning';
import { fromLogits, isHingeLoss } from '../../tensorflow/objective/fromLogits';
import { canSmooth, smoothedCrossentropy } from '../../tensorflow/objective/lossesWithSettings';
import { single } from './compilation';
import {
  LOSSES,
  MADE,
  objectiveName,
  type Names,
  type TfjsObjective,
  rowOf,
} from './objectiveTable';
import { type Config, isConfig, kerasObject, sameJson } from './values/values';

type LogitLoss = keyof typeof fromLogits;

/** Settings of losses and metrics that change what they compute, at the value that tfjs computes with. */
const SETTINGS: Config = {
  reduction: 'sum_over_batch_size',
  from_logits: false,
  label_smoothing: 0,
  axis: -1,
  ignore_class: null,
  threshold: 0.5,
};

/**
 * The loss of a model's configuration.
 *
 * @param training `compile_config` of an archive, or `training_config` of an `.h5` or of tfjs's model.json
 */
export function savedLoss(training: unknown): SavedLoss {
  const loss = isConfig(training) ? single(training['loss']) : undefined;
  if (loss == null) return { name: undefined, takesLogits: undefined };
  const { className, config = {} } = kerasObject(loss) ?? {};
  const name = className ?? (typeof loss === 'string' ? loss : 'several');
  const { from_logits: given } = config;
  const isKnown = rowOf(LOSSES, loss) !== undefined && !isHingeLoss(name);
  return { name, takesLogits: typeof given === 'boolean' ? given : isKnown ? false : undefined };
}

/**
 * What tfjs computes a loss or a metric of Keras with.
 *
 * @throws {Error} when it has none, or one with other settings
 */
export function objectiveFromKeras(names: Names, value: unknown, what: string): TfjsObjective {
  const { className, config = {} } = kerasObject(value) ?? {};
  // Keras 2 wraps a metric's function.
  if (className === 'MeanMetricWrapper') return objectiveFromKeras(names, config['fn'], what);
  const [, , known] = rowOf(names, value) ?? [];
  if (known === undefined) {
    throw new Error(
      `its ${what} is ${JSON.stringify(className ?? value)}, which is not known here`,
    );
  }
  const { from_logits: takesLogits, label_smoothing: smoothing = 0 } = config;
  const name = objectiveName(known);
  const logits = takesLogits === true ? fromLogits[name as LogitLoss] : undefined;
  const isSmoothed = typeof smoothing === 'number' && smoothing !== 0 && canSmooth(name);
  const [setting = '', make] = MADE[className ?? ''] ?? [];
  const given = [...(logits ? ['from_logits'] : []), ...(isSmoothed ? ['label_smoothing'] : [])];
  checkSettings(config, `its ${what} ${className}`, [...given, setting]);
  if (isSmoothed) return smoothedCrossentropy(name, logits !== undefined, smoothing);
  const own = config[setting];
  const isOther = typeof own === 'number' && own !== SETTINGS[setting];
  return logits ?? (isOther && make ? make(own) : known);
}

/** @param given settings that are computed with here, whatever they are */
function checkSettings(config: Config, what: string, given: readonly string[]): void {
  for (const [name, expected] of Object.entries(SETTINGS)) {
    if (!(name in config) || given.includes(name) || sameJson(config[name], expected)) continue;
    // Keras 2 wrote "auto".
    if (name === 'reduction' && config[name] === 'auto') continue;
    throw new Error(
      `${what} must have ${name} ${JSON.stringify(expected)}, got ${JSON.stringify(config[name])}`,
    );
  }
}
