import type { ColorMode } from '../images/formats/colorMode';
import type { LabelMode } from '../images/datasets/datasetOptions';
import type { Rescale } from '../models/toInput';
import type { tf } from '../tensorflow/tf';

/** Metrics of the last epoch, in 0–1 but for the losses, and the mean time of a step. */
export interface LastEpoch {
  accuracy: number;
  loss: number;
  validationAccuracy: number;
  validationLoss: number;
  msPerStep: number;
}

/** An exercise as data: all that `trainRecipe` and the command line need to know of it. */
export interface Recipe {
  /** What `--recipe` and the log of a run call it. */
  name: string;
  /** How many classes a folder of pictures may hold. */
  classes: { least: number; most: number };
  /** Options of `imageDatasetFromDirectory`. */
  loading: {
    colorMode?: ColorMode;
    imageSize: [height: number, width: number];
    batchSize: number;
    /** When left out, what fits `outputLayer`: `'binary'` for two classes, `'categorical'` for more. */
    labelMode?: LabelMode;
  };
  /** What is done to pixel values to become the network's input; to divide by 255 and to multiply by 1/255 round otherwise. */
  rescale: Rescale;
  /**
   * A pre-trained network and its last layer, as `loadBackbone` takes them. The network that `build` makes then learns from the
   * features that it finds in the pictures, and both are joined at the end.
   */
  backbone?: { name: string; layer: string };
  /**
   * Whether the pictures are split 70/20/10 by group, to train, to validate after each epoch and to test at the end; without
   * it all of them are trained with.
   */
  isSplit: boolean;
  /**
   * Builds and compiles the network, which measures `accuracy`; the same for the same seed. It may load what it needs only now,
   * so that whoever just lists the recipes need not wait for TensorFlow. It takes the channels of pictures of `colorMode`; with a
   * backbone it takes `features`, `[n, numbers]`, of which it is given those of the training pictures, which are not its to keep.
   */
  build: (options: {
    seed: number;
    classes: number;
    colorMode: ColorMode;
    features?: tf.Tensor2D;
  }) => tf.LayersModel | Promise<tf.LayersModel>;
  /** How many epochs it trains at most, unless another number is given. */
  epochs: number;
  /** The training accuracy at which it stops, in 0–1; it does not stop before its last epoch when left out. */
  stopAt?: number;
  /** Whether the command line keeps its runs in a folder from their beginning on, so that `--resume` continues them. */
  isKept: boolean;
  /** Lines that put the last epoch of a split run beside other figures; none when left out. */
  compare?: (last: LastEpoch) => string[];
}
