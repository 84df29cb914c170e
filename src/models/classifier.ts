import type { Background } from '../images/formats/background';
import type { tf } from '../tensorflow/tf';

/** A trained model with all that it needs to classify a picture file. */
export interface Classifier {
  /**
   * Input `[n, height, width, 3]`; output `[n, 1]`, the probability of the second class (sigmoid), or
   * `[n, classes]`, a probability for each class (softmax), or the logits of these.
   */
  model: tf.LayersModel;
  /** The names of the classes, in the order of the model's output. */
  classNames: readonly string[];
  /** Height and width, in pixels, to which a picture is resized. */
  imageSize: [height: number, width: number];
  /** What pixel values (0–255) are multiplied with before they enter the model. */
  scale: number;
  /** How a picture is resized, as it was in training; when left out as the last `fitDataset` of this process knows, else bilinearly. */
  interpolation?: 'bilinear' | 'nearest';
  /** Whether large JPEGs are shrunk while they are decoded, as they were in training; false when left out. */
  shrinkOnLoad?: boolean;
  /** Whether the model, which has no sigmoid or softmax at its end, gives logits; when left out, see `outputMeaning`. */
  fromLogits?: boolean;
  /** What a transparent picture is laid on, as it was in training; dropped, as in Keras, when neither says anything. */
  background?: Background;
}
