import { show } from '../../errors/show';
import { tf } from '../native/tfjs';

/**
 * Says what is missing to compile a model, where tfjs fails at a field of what is not there.
 *
 * @param args what `compile` was given
 * @throws {TypeError} when they are no settings, or without an optimizer or a loss
 * @throws {RangeError} when the optimizer's learning rate is none with which a network can learn
 */
export function checkCompileArgs(args: unknown): void {
  const required = (what: string, got: unknown) =>
    new TypeError(`Cannot compile the model: ${what}, got ${show(got)}`);
  if (typeof args !== 'object' || args === null) {
    throw required('settings { optimizer, loss } are required', args);
  }
  const { optimizer, loss } = args as { optimizer?: unknown; loss?: unknown };
  // tfjs's instanceof looks for methods, also of undefined.
  const isOptimizer = optimizer != null && optimizer instanceof tf.Optimizer;
  if (typeof optimizer !== 'string' && !isOptimizer) {
    throw required("an optimizer is required, such as 'adam' or tf.train.adam(0.001)", optimizer);
  }
  if (loss == null) throw required("a loss is required, such as 'binaryCrossentropy'", loss);
  const { learningRate = 1 } = optimizer as { learningRate?: unknown };
  if (typeof learningRate !== 'number' || (learningRate >= 0 && learningRate < Infinity)) return;
  throw new RangeError(
    `Cannot compile the model: the learning rate of its optimizer must be a number from 0, got ${show(learningRate)}`,
  );
}
