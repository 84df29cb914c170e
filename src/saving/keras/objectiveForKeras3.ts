import { METRICS, rowOf } from './objectiveTable';
import { type Config, kerasObject, toKerasObject } from './values/values';

/**
 * A loss or a metric as Keras 3 writes it, which refuses how Keras 2 did: with the function that it calls, as a wrapper of
 * that function, or without its module. What Keras 3 has written stays as it is.
 *
 * @param value a name, an object with its class, or null
 */
export function objectiveForKeras3(value: unknown, module: 'losses' | 'metrics'): unknown {
  const { className, config } = kerasObject(value) ?? {};
  if (!className || !config) return value;
  const { fn: wrapped, ...settings } = config;
  if (settings['reduction'] === 'auto') settings['reduction'] = 'sum_over_batch_size';
  const isWritten = 'module' in (value as Config) && wrapped === undefined;
  if (isWritten && settings['reduction'] === config['reduction']) return value;
  if (className !== 'MeanMetricWrapper') {
    return toKerasObject(`keras.${module}`, className, settings);
  }
  const metric = rowOf(METRICS, wrapped)?.[1];
  return metric ? toKerasObject('keras.metrics', metric, settings) : value;
}
