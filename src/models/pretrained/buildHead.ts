import { kerasAdam } from '../../tensorflow/kerasAdam';
import type { tf } from '../../tensorflow/tf';
import { HEAD_LEARNING_RATE, headLayers, type HeadOptions } from './headLayers';

/**
 * Builds and compiles the network that learns from features, as {@link headLayers} describes it.
 *
 * @param options.features stay the caller's
 * @returns input `[n, numbers]`; output as `outputLayer` describes; the caller disposes it
 */
export function buildHead(options: HeadOptions): tf.Sequential {
  const { model, loss } = headLayers(options);
  model.compile({ optimizer: kerasAdam(HEAD_LEARNING_RATE), loss, metrics: ['accuracy'] });
  // Else tfjs would leave the optimizer's tensors when the model is disposed.
  return Object.assign(model, { isOptimizerOwned: true });
}
