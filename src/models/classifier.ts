import type { Resizing } from '../images/formats/resizing';
import type { tf } from '../tensorflow/tf';
import type { Rescale } from './toInput';

/** A trained model with all that it needs to classify a picture file. */
export interface Classifier {
  /**
   * Input `[n, height, width, channels]`; output `[n, 1]`, the probability of the second class (sigmoid), or
   * `[n, classes]`, a probability for each class (softmax), or the logits of these.
   */
  model: tf.LayersModel;
  /** The names of the classes, in the order of the model's output. */
  classNames: readonly string[];
  /** How a picture becomes the model's input. */
  input: ClassifierInput;
  /** Whether the model, which has no sigmoid or softmax at its end, gives logits; when left out, see `outputMeaning`. */
  fromLogits?: boolean;
}

/**
 * How a picture becomes the input of a model: as in its training. What is left out of the options of loading is as the last
 * `fitDataset` of this process knows, or else as in Keras.
 */
export interface ClassifierInput extends Resizing {
  /** Height and width, in pixels, to which a picture is resized. */
  imageSize: [height: number, width: number];
  /** What is done to its values, 0–255, after that; `toInput` does it. */
  rescale: Rescale;
}
