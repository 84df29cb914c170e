import { type Config, isConfig, kerasObject } from './values';

type Constant = number;
/** What stands in the place of an operation: a layer, and how many of its arguments are its inputs. */
type Stand = (constant: Constant | undefined, isFirst: boolean) => Config | undefined;

const rescaling = (scale: number, offset = 0): Config => ({
  class_name: 'Rescaling',
  config: { scale, offset },
});

/**
 * Operators of the functional API, `x / 255`, and the layers that compute the same: with a number, or with another tensor.
 *
 * Source: keras/src/ops/numpy.py
 */
const OPERATORS: Readonly<Record<string, Stand>> = {
  Add: (c) => (c === undefined ? { class_name: 'Add' } : rescaling(1, c)),
  Multiply: (c) => (c === undefined ? { class_name: 'Multiply' } : rescaling(c)),
  Subtract: (c, isFirst) => {
    if (c === undefined) return { class_name: 'Subtract' };
    return isFirst ? rescaling(-1, c) : rescaling(1, -c);
  },
  TrueDivide: (c, isFirst) => (c === undefined || isFirst ? undefined : rescaling(1 / c)),
  Divide: (c, isFirst) => (c === undefined || isFirst ? undefined : rescaling(1 / c)),
  Negative: (c) => (c === undefined ? rescaling(-1) : undefined),
};

/**
 * Writes an operator of a configuration, which Keras keeps among the layers, as the layer that computes the same; others,
 * and layers, stay as they are.
 */
export function layerOfOperation(value: unknown): unknown {
  if (!isConfig(value)) return value;
  const { module, class_name: name, config, inbound_nodes: nodes } = value;
  if (typeof module !== 'string' || !module.startsWith('keras.src.ops')) return value;
  const [node, ...others] = Array.isArray(nodes) ? (nodes as unknown[]) : [];
  const args = isConfig(node) && Array.isArray(node['args']) ? (node['args'] as unknown[]) : [];
  const tensors = args.filter((arg) => kerasObject(arg)?.className === '__keras_tensor__');
  const [constant, ...more] = args.filter((arg) => !tensors.includes(arg));
  const isKnown = constant === undefined || typeof constant === 'number';
  const stand = OPERATORS[String(name)];
  if (!stand || others.length > 0 || more.length > 0 || !isKnown) return value;
  const layer = stand(constant, args[0] === constant);
  if (!layer) return value;
  const inputs = tensors.length === 1 ? tensors : [tensors];
  return {
    ...value,
    ...layer,
    config: { ...(isConfig(config) ? config : {}), ...(layer['config'] as Config | undefined) },
    inbound_nodes: [{ args: inputs, kwargs: {} }],
  };
}
