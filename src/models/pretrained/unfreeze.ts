import { checkOptionNames } from '../../errors/checkOptionNames';
import { nearestOf } from '../../errors/nearest';
import { show } from '../../errors/show';
import { activationAtEnd } from '../../tensorflow/objective/activationAtEnd';
import { kerasAdam } from '../../tensorflow/kerasAdam';
import { checkClassifier } from '../checkClassifier';
import type { Classifier } from '../classifier';

/** Options of `unfreeze`. */
export interface UnfreezeOptions {
  /** The first layer that learns, as `classifier.model.summary()` lists them; with it all behind it. */
  from: string;
  /** Of Adam; 0.0001 when left out, a tenth of its usual one: what the layers have learnt is to be changed a little, not lost. */
  learningRate?: number;
}

/** Their averages come from millions of photographs; a few of one's own would spoil them. */
const KEPT_STILL = ['BatchNormalization', 'Normalization'];

const LEARNING_RATE = 1e-4;

const ACTION = 'Cannot unfreeze';

/**
 * Lets the last layers of a joined classifier learn, and compiles it: `fitDataset` then trains them with the head. Batch
 * normalization is kept still, weights and moving averages, as Keras' guide to transfer learning advises.
 *
 * @param classifier changed in place
 * @param options see {@link UnfreezeOptions}
 * @returns how many numbers learn now
 * @throws {Error} when there is no such layer; TypeError when it is no classifier; RangeError when the learning rate is no number above 0
 * @example
 * const backbone = await loadBackbone('efficientnet-lite0');
 * const split = await splitPictures('data/unseen-style', { seed: 1 });
 * const classifier = joinHead(backbone, await trainHead(backbone, split, { seed: 1 }));
 * unfreeze(classifier, { from: 'block10_expand' });
 */
export function unfreeze(classifier: Classifier, options: UnfreezeOptions): number {
  checkClassifier(classifier, ACTION);
  checkOptionNames(ACTION, options, { from: true, learningRate: true });
  const { from, learningRate = LEARNING_RATE } = options;
  const { model, classNames } = classifier;
  const activation = activationAtEnd(model);
  if (activation !== 'sigmoid' && activation !== 'softmax') {
    throw new TypeError(
      `${ACTION}: a classifier whose model ends in sigmoid or softmax is required, it ends in ${activation}`,
    );
  }
  const names = model.layers.map(({ name }) => name);
  const first = names.indexOf(from);
  if (first < 0) {
    throw new Error(
      `${ACTION}: there is no layer ${show(from)} to begin with; the nearest of ${names.length} are ${nearestOf(from, names)}`,
    );
  }
  model.layers.forEach((layer, i) => {
    layer.trainable = i >= first && !KEPT_STILL.includes(layer.getClassName());
  });
  model.compile({
    optimizer: kerasAdam(learningRate),
    loss: classNames.length === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  // Else tfjs would leave the optimizer's tensors when the model is disposed.
  Object.assign(model, { isOptimizerOwned: true });
  return model.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((product, side) => product * side!, 1),
    0,
  );
}
