import { installer } from './native/installer';
import { tf } from './native/tfjs';

/** tfjs's own, with less strict types of what the methods are given. */
interface Methods {
  predict(x: unknown, args?: unknown): unknown;
  evaluate(x: unknown, y: unknown, args?: unknown): unknown;
  fit(x: unknown, y: unknown, args?: { validationData?: unknown }): Promise<unknown>;
}

/** Lets a model say so where it is given tensors of no sample at all, at which tfjs fails in words of its own fields. */
export const refuseNoSamples = installer(() => {
  const prototype = tf.LayersModel.prototype as unknown as Methods;
  const { predict, evaluate, fit } = prototype;
  prototype.predict = function (x, args) {
    checkSamples('predict', x);
    return predict.call(this, x, args);
  };
  prototype.evaluate = function (x, y, args) {
    checkSamples('evaluate the model', x);
    return evaluate.call(this, x, y, args);
  };
  prototype.fit = async function (x, y, args) {
    checkSamples('train', x);
    const { validationData } = args ?? {};
    if (Array.isArray(validationData)) checkSamples('validate', validationData[0]);
    return fit.call(this, x, y, args);
  };
});

/** @param given a tensor, several, or some by their names */
function checkSamples(what: string, given: unknown): void {
  const tensors = given instanceof tf.Tensor ? [given] : Object.values(given ?? {});
  const empty = tensors.find((one): one is tf.Tensor => one instanceof tf.Tensor && !one.shape[0]);
  if (!empty || empty.rank === 0) return;
  throw new RangeError(
    `Cannot ${what}: at least one sample is required, and the tensor of the shape [${empty.shape.join(', ')}] has none`,
  );
}
