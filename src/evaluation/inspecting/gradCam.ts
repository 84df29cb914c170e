import { checkOptionNames } from '../../errors/checkOptionNames';
import { loadImage } from '../../images/datasets/loadImage';
import { checkClassifier } from '../../models/checkClassifier';
import type { Classifier } from '../../models/classifier';
import { resizingOf } from '../../models/resizingOf';
import { toInput } from '../../models/toInput';
import { tf } from '../../tensorflow/tf';
import { type Prediction, predictionFrom } from '../predictPicture';
import { asProbabilities } from '../predictProbabilities';
import { chosenClasses, type HeatMap } from './heatMap';
import { logitLayer } from './logitLayer';
import { activated, checkNetwork, mapsOf, requiredConvolutions } from './networkParts';
import { valueAt } from './valueAt';

/** Options of `gradCam`. */
export interface GradCamOptions {
  /** The name of a layer that gives maps; the last convolution, with its activation, when left out. */
  layer?: string;
  /** The classes to ask about; both of two, or the two most probable of more, when left out. */
  classNames?: readonly string[];
}

/** Where in a picture a network has found what speaks for a class. */
export interface GradCam extends Prediction {
  /** The layer that was looked at. */
  layer: string;
  /** One for each class, values from 0 on: the weighed sum of the layer's maps, in units of the logit's gradient. */
  heatMaps: HeatMap[];
}

const ACTION = 'Cannot compute Grad-CAM';

/**
 * Computes Grad-CAM: which regions of a picture speak for a class, as a layer of the network sees them.
 *
 * Each map of the layer gets a weight: how much the class's logit grows with the map, on the mean of all its pixels. The
 * heat map is relu(sum of weight · map), enlarged bilinearly to the size in which the network takes the picture. It
 * shows what the layer has found, not what the layers behind it make of each single pixel: `occlusionMap` is a check.
 *
 * With one output (sigmoid) z is the logit of the second class and −z that of the first. Leaves no tensors behind.
 *
 * Source: Selvaraju et al., Grad-CAM, 2017, https://arxiv.org/abs/1610.02391, equations 1 and 2.
 *
 * @param classifier stays the caller's to dispose
 * @param picture as for `predictPicture`: a file's path, an address of this machine, or the encoded picture itself
 * @param options see {@link GradCamOptions}
 * @throws {Error} when the network has no convolution, no such layer, or another activation at its end than sigmoid, softmax or
 * none, when it has been disposed, or the picture cannot be read; RangeError when a class is none of the classifier's
 * @example
 * const { heatMaps } = await gradCam(classifier, 'me.png');
 * heatMaps[1]?.values[75 * 150 + 75]; // how much the middle of 150 × 150 pixels speaks for the second class
 */
export async function gradCam(
  classifier: Classifier,
  picture: string | Uint8Array,
  options: GradCamOptions = {},
): Promise<GradCam> {
  checkClassifier(classifier, ACTION);
  const { model, classNames } = classifier;
  const { imageSize, rescale } = classifier.input;
  checkOptionNames(ACTION, options, { layer: true, classNames: true });
  checkNetwork(model, ACTION);
  const mapsOutput = mapsToLookAt(model, options.layer);
  const end = logitLayer(model, ACTION);
  const pixels = await loadImage(picture, resizingOf(classifier)); // [height, width, channels]
  const input = model.inputs[0]!;
  const { batch, features, output } = tf.tidy(() => {
    const batch = toInput(pixels, rescale).expandDims(0); // [1, height, width, channels]
    pixels.dispose();
    const features = valueAt(mapsOutput, new Map([[input, batch]])); // [1, h, w, maps]
    const known = new Map([
      [input, batch],
      [mapsOutput, features],
    ]);
    const output = asProbabilities(classifier, valueAt(model.outputs[0]!, known));
    return { batch, features, output };
  });
  // From the layer on to the logit of a class; where it has branches, these start at the picture.
  const logitOf = (k: number) => (maps: tf.Tensor) =>
    classLogit(
      end.logits(
        new Map([
          [input, batch],
          [mapsOutput, maps],
        ]),
      ),
      k,
    );
  try {
    const outputs = Array.from(await output.data());
    const chosen = chosenClasses(outputs, classNames, options.classNames, ACTION);
    const heatMaps: HeatMap[] = [];
    for (const { index, className, probability } of chosen) {
      const map = tf.tidy(() => {
        const gradient = tf.grad(logitOf(index))(features); // [1, h, w, maps]
        return enlarged(heatOf(features as tf.Tensor4D, gradient), imageSize);
      });
      const values = (await map.data().finally(() => map.dispose())) as Float32Array;
      heatMaps.push({ className, probability, height: imageSize[0], width: imageSize[1], values });
    }
    const prediction = predictionFrom(outputs, classNames);
    return { ...prediction, layer: mapsOutput.sourceLayer.name, heatMaps };
  } finally {
    tf.dispose([batch, features, output]);
  }
}

function mapsToLookAt(model: tf.LayersModel, layer: string | undefined): tf.SymbolicTensor {
  if (layer !== undefined) return mapsOf(model, layer, ACTION);
  return activated(model, requiredConvolutions(model, ACTION).at(-1)!);
}

/** @param logits `[1, 1]` or `[1, classes]` */
function classLogit(logits: tf.Tensor, k: number): tf.Scalar {
  const values = logits.flatten();
  if (values.shape[0] === 1) return (k === 1 ? values : values.neg()).asScalar();
  return values.slice([k], [1]).asScalar();
}

function heatOf(features: tf.Tensor4D, gradient: tf.Tensor): tf.Tensor4D {
  const weights = gradient.mean([1, 2], true); // [1, 1, 1, maps]
  return features.mul(weights).sum(3, true).relu(); // [1, h, w, 1]
}

/** As TensorFlow's `tf.image.resize`: pixels are squares, and the middle of each is what counts. */
function enlarged(map: tf.Tensor4D, size: [number, number]): tf.Tensor4D {
  return tf.image.resizeBilinear(map, size, false, true);
}
