import { tf } from './tfjs';

/**
 * Does work on TensorFlow's native library, also where tfjs computes on WebGPU: decoding pictures, which only it can. The
 * tensors stay there until another backend computes with them; then tfjs moves their values over by itself.
 *
 * @param run must do its work before it returns, for in between tfjs would compute in the wrong place
 * @returns what `run` returns
 * @throws {Error} while tfjs waits for WebGPU to start, and what `run` throws
 */
export function onNativeBackend<T>(run: () => T): T {
  tf.backend(); // throws while one is starting
  const current = tf.getBackend();
  if (current === 'tensorflow') return run();
  // Both have started, so that each call has its effect at once.
  void tf.setBackend('tensorflow');
  try {
    return run();
  } finally {
    void tf.setBackend(current);
  }
}
