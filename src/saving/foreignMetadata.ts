import { colorModeOf } from '../images/formats/colorMode';
import { checkFits } from '../models/checkClassifier';
import type { ClassifierInput } from '../models/classifier';
import { layersIn } from '../models/layers/layersIn';
import { warnOnce } from '../tensorflow/native/warnOnce';
import type { tf } from '../tensorflow/tf';

/** What a model that others saved does not say of itself. */
export interface ForeignModelOptions {
  classNames?: string[];
  input?: Partial<ClassifierInput>;
}

/** Layers that rescale pictures themselves, so that they come as they are, 0–255. */
const RESCALING = ['Rescaling', 'Normalization'];

/** Where a layer divides by 255, and what is given as well, black and white are 0.004 apart; by 127.5 and 255, 0.008. */
const LEAST_RANGE = 0.05;

/**
 * What a model of others needs to classify pictures: as much as its layers say, the rest as it is given.
 *
 * @param cannot how an error begins
 * @throws {Error} when it takes no pictures, or something is neither given nor to be seen from its layers
 */
export function foreignMetadata(
  model: tf.LayersModel,
  { classNames, input = {} }: ForeignModelOptions,
  cannot: string,
): ForeignModelOptions {
  const { shape } = model.inputs[0]!;
  const [, height = null, width = null, channels] = shape;
  const taken = colorModeOf(channels);
  const { imageSize, rescale, colorMode = taken } = input;
  if (model.inputs.length !== 1 || shape.length !== 4 || taken === undefined) {
    const isOnly = model.inputs.length === 1;
    const shapes = model.inputs.map(({ shape }, i) => {
      const sizes = `[${shape.map((size) => size ?? 'any')}]`;
      return isOnly ? sizes : `${JSON.stringify(model.inputNames[i])} ${sizes}`;
    });
    throw new Error(
      `${cannot}: it must take pictures [any,height,width,channels] of 1, 3 or 4 channels, and takes ${shapes.join(' and ')}`,
    );
  }
  if ((height === null || width === null) && !imageSize) {
    throw new Error(
      `${cannot}: it takes pictures of any size, so that input.imageSize must be given (--image-size)`,
    );
  }
  const pictures: Pick<ClassifierInput, 'imageSize' | 'colorMode'> = {
    colorMode,
    imageSize: imageSize ?? [height!, width!],
  };
  checkFits(model, pictures, cannot);
  const layer = rescalingOf(model);
  if (rescale === undefined && !layer) {
    throw new Error(
      `${cannot}: none of its layers rescales pictures, so that input.rescale must be given, what is done to pixel values 0–255 (--scale 1/255 for 0–1, or --preprocess-input)`,
    );
  }
  if (layer) warnOfRescalingTwice(layer, rescale);
  return {
    classNames,
    input: { ...input, ...pictures, rescale: rescale ?? 'none' },
  };
}

/** The layer that rescales pictures as they come; one behind the first weights scales what the network has made. */
function rescalingOf(model: tf.LayersModel): tf.layers.Layer | undefined {
  const rescales = (layer: tf.layers.Layer) => RESCALING.includes(layer.getClassName());
  const first = layersIn(model).find((layer) => rescales(layer) || layer.weights.length > 0);
  return first && rescales(first) ? first : undefined;
}

/**
 * Says that pictures come to a model with almost no contrast, since one of its layers rescales them and they are rescaled
 * before: it answers nearly alike for every picture then.
 *
 * @param layer the one that rescales; of a Normalization it is not known how far
 * @param rescale what is given, not checked
 */
function warnOfRescalingTwice(layer: tf.layers.Layer, rescale: unknown): void {
  if (typeof rescale !== 'object' || rescale === null) return;
  const { scale, divisor } = rescale as Partial<Record<'scale' | 'divisor', number>>;
  const range = 255 * (scale ?? 1 / divisor!) * Number(layer.getConfig()['scale']);
  if (!(Math.abs(range) < LEAST_RANGE)) return;
  warnOnce(
    `The model rescales pictures itself, by its layer ${JSON.stringify(layer.name)}, and gets them rescaled before: black and white are ${Number(range.toPrecision(2))} apart for it, so that it answers nearly alike for every picture. Leave input.rescale (--scale, --preprocess-input) out, unless it was trained so.`,
  );
}
