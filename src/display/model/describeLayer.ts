import type { tf } from '../../tensorflow/tf';

/**
 * Says what a layer is: its class, and what was chosen of it that changes what it computes.
 *
 * @param layer of any class; of one that is not known here it says the class alone
 *
 * @example
 * describeLayer(tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu' })); // 'Conv2D, 16 filters 3 × 3, relu'
 */
export function describeLayer(layer: tf.layers.Layer): string {
  const className = layer.getClassName();
  if ('layers' in layer) {
    const { length } = layer.layers as unknown[];
    return `${className}, ${length} ${length === 1 ? 'layer' : 'layers'}`;
  }
  const config = layer.getConfig();
  const { filters, kernelSize, poolSize, strides, padding, units, rate, activation } = config;
  const moves = sides(strides);
  const isPool = poolSize !== undefined;
  return [
    className,
    kernelSize === undefined
      ? undefined
      : `${filters === undefined ? '' : `${count(filters, 'filter')} `}${sides(kernelSize)}`,
    isPool ? sides(poolSize) : undefined,
    moves && moves !== (isPool ? sides(poolSize) : '1 × 1') ? `stride ${moves}` : undefined,
    padding === 'same' ? 'padded' : undefined,
    units === undefined ? undefined : count(units, 'unit'),
    typeof rate === 'number' ? `rate ${rate}` : undefined,
    typeof activation === 'string' && activation !== 'linear' ? activation : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function sides(value: unknown): string | undefined {
  return Array.isArray(value) ? value.join(' × ') : undefined;
}

function count(value: unknown, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}
