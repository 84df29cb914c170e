import type { OutputMeaning } from '../models/outputMeaning';
import { tf } from '../tensorflow/tf';

/** Probabilities from outputs whose meaning is known; others are returned as they are. */
export function byMeaning(meaning: OutputMeaning, outputs: tf.Tensor): tf.Tensor {
  if (meaning === 'signed') return tf.tidy(() => outputs.add(1).div(2));
  if (meaning === 'clipped') return tf.tidy(() => clipped(outputs));
  if (meaning !== 'logits') return outputs;
  return outputs.shape.at(-1) === 1 ? outputs.sigmoid() : outputs.softmax();
}

/** Several are divided by their sum, as Keras' crossentropy does. */
function clipped(outputs: tf.Tensor): tf.Tensor {
  const inRange = outputs.clipByValue(0, 1);
  return outputs.shape.at(-1) === 1 ? inRange : inRange.divNoNan(inRange.sum(-1, true));
}
