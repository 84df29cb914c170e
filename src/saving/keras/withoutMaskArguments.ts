import { carriesMask } from '../../models/layers/maskedOutputs';
import { historyOf, type TensorReference } from './values/tensorReference';
import { type Config, isConfig, kerasObject, sameJson } from './values/values';

/** What a mask is computed of: steps are masked where all numbers are this value, or the only one is. */
interface Mask {
  of: TensorReference;
  value: number;
  isOfAll: boolean;
  /** The operations that compute it. */
  operations: string[];
}

/**
 * Takes out of a Functional model what Keras 3 writes of its masks: the operations that compute them and the argument `mask`
 * of the layers that get one. Layers here find the same masks by themselves.
 *
 * @param layers as a configuration has them
 * @returns without the masks that an Embedding or a Masking before the layer has made; all others are still there
 */
export function withoutMaskArguments(layers: readonly unknown[]): unknown[] {
  const byName = new Map(layers.map((layer) => [nameOf(layer), layer]));
  const done = new Set<string>();
  const cleared = layers.map((layer) => {
    const nodes = isConfig(layer) ? layer['inbound_nodes'] : undefined;
    if (!Array.isArray(nodes)) return layer;
    const own = nodes.map((node: unknown) => {
      const given = maskOfCall(node, byName);
      if (!given || !isOfLayersBefore(given, historyOf(firstArgument(node)), byName)) return node;
      for (const operation of given.operations) done.add(operation);
      const { kwargs, ...call } = node as Config;
      return { ...call, kwargs: { ...(kwargs as Config), mask: null } };
    });
    return { ...(layer as Config), inbound_nodes: own };
  });
  const used = JSON.stringify(cleared.filter((layer) => !done.has(nameOf(layer))));
  const isLeft = (name: string) => used.includes(JSON.stringify(name));
  return cleared.filter((layer) => !done.has(nameOf(layer)) || isLeft(nameOf(layer)));
}

function nameOf(layer: unknown): string {
  return String(kerasObject(layer)?.config['name']);
}

function argumentsOf(node: unknown): unknown[] {
  return isConfig(node) && Array.isArray(node['args']) ? (node['args'] as unknown[]) : [];
}

function firstArgument(node: unknown): unknown {
  return argumentsOf(node)[0];
}

function nodeAt(history: TensorReference | undefined, byName: Map<string, unknown>): unknown {
  const layer = history && byName.get(history[0]);
  const nodes = isConfig(layer) ? layer['inbound_nodes'] : undefined;
  return Array.isArray(nodes) ? (nodes as unknown[])[history![1]] : undefined;
}

/** Source: `compute_mask` in keras/src/layers/core/embedding.py and masking.py */
function maskOfCall(node: unknown, byName: Map<string, unknown>): Mask | undefined {
  const kwargs = isConfig(node) ? node['kwargs'] : undefined;
  const given = historyOf(isConfig(kwargs) ? kwargs['mask'] : undefined);
  const outer = given && kerasObject(byName.get(given[0]));
  const isOfAll = outer?.className === 'Any';
  if (isOfAll && !(sameJson(outer.config['axis'], -1) && outer.config['keepdims'] === false)) {
    return undefined;
  }
  const compared = isOfAll ? historyOf(firstArgument(nodeAt(given, byName))) : given;
  if (!compared || kerasObject(byName.get(compared[0]))?.className !== 'NotEqual') return undefined;
  const [tensor, value] = argumentsOf(nodeAt(compared, byName));
  const of = historyOf(tensor);
  if (!of || typeof value !== 'number') return undefined;
  const operations = isOfAll ? [given![0], compared[0]] : [compared[0]];
  return { of, value, isOfAll, operations };
}

/** Whether the mask is the one that the layers before this input hand on. */
function isOfLayersBefore(
  mask: Mask,
  input: TensorReference | undefined,
  byName: Map<string, unknown>,
): boolean {
  const layer = input && kerasObject(byName.get(input[0]));
  if (!layer) return false;
  const { className, config } = layer;
  const before = historyOf(firstArgument(nodeAt(input, byName)));
  const isSame = sameJson(before, mask.of);
  if (className === 'Embedding') {
    return isSame && config['mask_zero'] === true && mask.value === 0 && !mask.isOfAll;
  }
  if (className === 'Masking') return isSame && config['mask_value'] === mask.value && mask.isOfAll;
  return carriesMask(className) && isOfLayersBefore(mask, before, byName);
}
