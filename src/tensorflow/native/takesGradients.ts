import { tf } from './tfjs';

/** Whether tfjs now notes down what it computes, to find gradients of it. */
export function takesGradients(): boolean {
  const { state } = tf.engine() as unknown as { state: { gradientDepth: number } };
  return state.gradientDepth > 0;
}
