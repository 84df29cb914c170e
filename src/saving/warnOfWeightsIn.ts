import path from 'node:path';
import { warnOnce } from '../tensorflow/native/warnOnce';
import { weightsWarningKey } from '../tensorflow/graph/notFiniteNotice';
import { tf } from '../tensorflow/tf';

/**
 * Says that weights of a file hold NaN or infinity, and which: once a process for each file. The model can be looked at
 * and written in another format all the same.
 *
 * @param location of the file or folder that the model was loaded from
 */
export async function warnOfWeightsIn(location: string, model: tf.LayersModel): Promise<void> {
  const spoiled: string[] = [];
  for (const weight of model.weights) {
    const value = await notFiniteIn(weight.read());
    if (value !== undefined) spoiled.push(`"${weight.originalName}" holds ${value}`);
  }
  if (spoiled.length === 0) return;
  const [first, ...others] = spoiled;
  const more = others.length > 0 ? `, and ${others.length} more are not finite` : '';
  warnOnce(
    `The model in ${JSON.stringify(location)} has weights that are not finite: ${first}${more}. What it answers means nothing. Take one that was saved before, or train it anew; stopAtNaN() ends a training before its weights are lost.`,
    `weights in ${path.resolve(location)}`,
    weightsWarningKey(model),
  );
}

/** Without waiting in the middle of a statement, which WebGPU cannot; the values are fetched only where one is not finite. */
async function notFiniteIn(weight: tf.Tensor): Promise<'NaN' | 'Infinity' | undefined> {
  if (weight.dtype !== 'float32') return undefined;
  const total = tf.tidy(() => weight.sum());
  const [sum] = await total.data();
  total.dispose();
  if (Number.isFinite(sum)) return undefined;
  // The sum of finite values of 1e38 is infinite, too.
  const values = await weight.data<'float32'>();
  if (values.every(Number.isFinite)) return undefined;
  return values.some(Number.isNaN) ? 'NaN' : 'Infinity';
}
