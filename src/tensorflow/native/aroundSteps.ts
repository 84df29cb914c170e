import { tf } from './tfjs';

/**
 * What a model does with a batch, inputs, labels and, with class weights, a weight for each sample: it gives the loss and
 * the metrics, and in training it learns.
 */
export type Step = (batch: tf.Tensor[]) => tf.Tensor[];

/** Makes of a model's step another one. */
type Around = (model: tf.LayersModel, step: Step) => Step;

/** Parts of tfjs's models that its types call private. */
interface Stepping {
  makeTrainFunction(this: tf.LayersModel): Step;
  makeTestFunction(this: tf.LayersModel): void;
  testFunction: Step;
}

const prototype = tf.LayersModel.prototype as unknown as Stepping;

/** Lets every training begin with a look at its model; what the look throws refuses it. */
export function beforeTraining(look: (model: tf.LayersModel) => void): void {
  const { makeTrainFunction } = prototype;
  prototype.makeTrainFunction = function () {
    look(this);
    return makeTrainFunction.call(this);
  };
}

/** Changes the step of `fit`, `fitDataset` and `trainOnBatch`; asked as a training begins, what was given last is outermost. */
export function aroundTraining(around: Around): void {
  const { makeTrainFunction } = prototype;
  prototype.makeTrainFunction = function () {
    return around(this, makeTrainFunction.call(this));
  };
}

/** Changes the step of `evaluate`, `evaluateDataset` and of a validation likewise. */
export function aroundEvaluation(around: Around): void {
  const { makeTestFunction } = prototype;
  prototype.makeTestFunction = function () {
    makeTestFunction.call(this);
    const stepping = this as unknown as Stepping;
    stepping.testFunction = around(this, stepping.testFunction);
  };
}
