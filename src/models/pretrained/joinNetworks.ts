import { tf } from '../../tensorflow/tf';
import { copyUpTo } from './copyUpTo';
import { flatNodes } from './flatNodes';

/**
 * Puts a head behind a backbone; of its maps the mean is taken between them.
 *
 * @param backbone stays the caller's
 * @param head stays the caller's
 * @returns a network with weights of its own, named after the backbone; the caller disposes it
 */
export function joinNetworks(backbone: tf.LayersModel, head: tf.LayersModel): tf.LayersModel {
  const taken = copyUpTo(flatNodes(backbone).at(-1)!);
  const { input, output } = copyUpTo(flatNodes(head).at(-1)!, {
    input: taken.input,
    output: pooled(taken.output),
  });
  return tf.model({ inputs: input, outputs: output, name: backbone.name });
}

/** As `featuresOf` does. */
function pooled(output: tf.SymbolicTensor): tf.SymbolicTensor {
  if (output.shape.length !== 4) return output;
  return tf.layers.globalAveragePooling2d({ name: 'features' }).apply(output) as tf.SymbolicTensor;
}
