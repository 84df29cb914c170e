import { attribute } from '../native/nativeBackend';
import { tf } from '../native/tfjs';
import type { GraphBuilder } from './graphBuilder';

/**
 * A batch or a weight holds NaN or infinity, and so the graph has not run. TensorFlow computes a layer's bias and relu in one
 * op of oneDNN, which on some processors makes 0 of NaN: a picture of NaN would get an answer like any other. Op by op the
 * answer is NaN.
 */
export class NotFinite extends Error {
  override name = 'NotFinite';

  /** @param variables those that are not finite; none when it is the batch */
  constructor(readonly variables: readonly tf.Variable[] = []) {
    super('not finite');
  }
}

const MARK = 'smile-lab: not finite';

/**
 * Adds nodes that let a run fail when one of its inputs holds a value that is not finite.
 *
 * The sum of finite values of 1e38 is infinite as well: whoever catches the failure looks at each value.
 *
 * @returns the nodes, for which must wait whatever may not happen then
 */
export function requireFinite(
  graph: GraphBuilder,
  inputs: ReadonlyArray<[node: string, tensor: tf.Tensor]>,
): string[] {
  const message = attribute.string('message', MARK);
  return inputs
    .filter(([, { dtype }]) => dtype === 'float32')
    .map(([node, { rank }]) => {
      const sum = graph.sum(`${node}/sum`, node, rank);
      return graph.op(`${node}/finite`, 'CheckNumerics', [sum], [message]);
    });
}

/** Whether it is by a node of {@link requireFinite} that a run has failed. */
export function isNotFinite(error: Error): boolean {
  return error.message.includes(MARK);
}

/** What is not finite in a tensor. */
export interface FoundNotFinite {
  value: 'NaN' | 'Infinity';
  /** How many samples hold such a value: parts of the tensor along its first axis. */
  count: number;
  samples: number;
  /** The first of them, counted from 0. */
  first: number;
}

/**
 * Looks for NaN and infinity; where there is none, the values stay in TensorFlow's memory.
 *
 * @returns undefined where all values are finite
 */
export function findNotFinite(tensor: tf.Tensor): FoundNotFinite | undefined {
  if (tensor.dtype !== 'float32') return undefined;
  const [sum] = tf.tidy(() => tensor.sum().dataSync());
  if (Number.isFinite(sum)) return undefined;
  const values = tensor.dataSync<'float32'>();
  const samples = tensor.shape[0] ?? 1;
  const size = values.length / samples;
  const found = Array.from({ length: samples }, (_, i) => i).filter(
    (i) => !values.subarray(i * size, (i + 1) * size).every(Number.isFinite),
  );
  if (found.length === 0) return undefined;
  const value = values.some(Number.isNaN) ? 'NaN' : 'Infinity';
  return { value, count: found.length, samples, first: found[0]! };
}
