import type { tf } from '../../tensorflow/tf';
import { compilationOf } from './compilation';
import { isSameObjective, METRICS, objectiveName, type TfjsObjective } from './objectiveTable';
import { isConfig, kerasObject } from './values/values';
import { listOfMetrics } from './writtenObjectives';

/**
 * What Keras calls the metrics of a model's log, in the order in which the model was compiled with them: a metric's own name
 * where it came from Keras with one.
 *
 * @returns names by those of tfjs's log, without `val_`; what is not there has no other one
 */
export function kerasMetricNames(model: tf.LayersModel): ReadonlyMap<string, string> {
  const { metrics } = model as unknown as { metrics?: unknown };
  const measured = compilationOf(model)?.measured ?? [];
  const given = listOfMetrics(isConfig(metrics) ? [] : metrics);
  const logged = given.map(logName);
  const names = given.map((metric, i) => {
    const own = kerasObject(measured[i])?.config['name'] ?? measured[i];
    const [name] = METRICS.find(([, , tfjs]) => isSameObjective(tfjs, metric)) ?? [];
    // Of several metrics with one name tfjs counts all, from 0.
    const isAlone = logged.filter((other) => other === logged[i]).length === 1;
    const repeat = logged.slice(0, i).filter((other) => other === logged[i]).length;
    const inLog = isAlone ? logged[i]! : `${logged[i]}_${repeat}`;
    return [inLog, typeof own === 'string' ? own : name || inLog] as const;
  });
  return new Map(names);
}

/** Under which name tfjs logs a metric. */
function logName(metric: unknown): string {
  return metric === 'accuracy' ? 'acc' : objectiveName(metric as TfjsObjective);
}
