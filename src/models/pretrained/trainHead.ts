import { checkOptionNames } from '../../errors/checkOptionNames';
import { checkSeed } from '../../errors/checkSeed';
import { show } from '../../errors/show';
import type { LabelledPicture } from '../../images/formats/listPictures';
import { tf } from '../../tensorflow/tf';
import { backboneMark } from './backboneMark';
import { buildHead } from './buildHead';
import { featureBatches } from './featureBatches';
import { type FeatureOptions, featuresOf } from './featuresOf';
import type { Backbone } from './loadBackbone';

/** A small network that has learnt from the features of a backbone. */
export interface Head {
  /** Input `[n, numbers]`, the features of a picture; output as a classifier's model. */
  model: tf.LayersModel;
  /** The names of the classes, in the order of the output. */
  classNames: readonly string[];
  /** Distinguishes the backbone from all others, so that the head is joined with no other. */
  backbone: string;
  /** One number an epoch, accuracies in 0–1; `val_…` of the validation part, where there is one. */
  history: Record<string, number[]>;
}

/** Pictures to learn from, as `splitPictures` gives them. */
export interface HeadPictures {
  /** A label is an index in this list. */
  classNames: readonly string[];
  train: readonly LabelledPicture[];
  validation?: readonly LabelledPicture[];
}

/** Options of `trainHead`. */
export interface HeadTrainingOptions extends FeatureOptions {
  /** Makes the training the same each time; without it the initial weights and the orders differ. */
  seed?: number;
  /** 60 when left out: each takes about a hundredth of a second. */
  epochs?: number;
  callbacks?: Array<tf.Callback | tf.CustomCallbackArgs>;
}

const BATCH = 32;

const EPOCHS = 60;

const ACTION = 'Cannot train a head';

/**
 * Trains the last layer of a classifier on the features of a backbone, which are computed once, and kept. Keras' guide calls it
 * feature extraction, fast.ai's `fine_tune` begins so.
 *
 * @param backbone stays the caller's, and as it is
 * @param pictures the parts to train and to validate; the test part is not looked at
 * @param options see {@link HeadTrainingOptions}
 * @returns the caller disposes its model
 * @throws {TypeError} when there is no picture to train with; RangeError when there is one class; UnreadablePicture
 * @example
 * const backbone = await loadBackbone('efficientnet-lite0');
 * const split = await splitPictures('data/unseen-style', { seed: 1 });
 * const head = await trainHead(backbone, split, { seed: 1 });
 */
export async function trainHead(
  backbone: Backbone,
  pictures: HeadPictures,
  options: HeadTrainingOptions = {},
): Promise<Head> {
  checkOptionNames(ACTION, options, {
    seed: true,
    epochs: true,
    callbacks: true,
    cache: true,
    onProgress: true,
  });
  const { seed, epochs = EPOCHS, callbacks = [], ...computing } = options;
  const { classNames, train, validation = [] } = pictures;
  if (seed !== undefined) checkSeed(ACTION, seed);
  if (!Array.isArray(classNames) || classNames.length < 2) {
    throw new RangeError(`${ACTION}: two classes or more are required, got ${show(classNames)}`);
  }
  const classes = classNames.length;
  const labelled = async (part: readonly LabelledPicture[]) => ({
    features: await featuresOf(backbone, part, computing),
    labels: part.map(({ label }) => label),
  });
  const training = await labelled(train);
  const validating = validation.length > 0 ? await labelled(validation) : undefined;
  try {
    const { features } = training;
    const model = buildHead({ features, classes, seed });
    const dealt = {
      batchSize: BATCH,
      labelMode: classes === 2 ? 'binary' : 'categorical',
      classes,
    } as const;
    const { history } = await model.fitDataset(
      featureBatches(training, { ...dealt, seed: seed ?? Math.floor(Math.random() * 2 ** 32) }),
      {
        epochs,
        verbose: 0,
        callbacks,
        ...(validating ? { validationData: featureBatches(validating, dealt) } : {}),
      },
    );
    return {
      model,
      classNames: [...classNames],
      backbone: backboneMark(backbone),
      history: history as Record<string, number[]>,
    };
  } finally {
    tf.dispose([training.features, validating?.features ?? []]);
  }
}
