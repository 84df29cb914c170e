import { InvalidArgumentError, Option } from 'commander';
import type { Rescale } from '../models/toInput';
import type { ForeignModelOptions } from '../saving/foreignMetadata';

/** What the commands are given that open a model. */
export interface ModelOptions {
  classes?: string[];
  imageSize?: [height: number, width: number];
  scale?: Rescale;
  preprocessInput?: string;
  cropToAspectRatio?: true;
  padToAspectRatio?: true;
}

/** What `preprocess_input` of keras.applications does in two of its modes; the third, caffe, also reverses the colours. */
const PREPROCESS_INPUT: Record<string, Rescale> = {
  tf: { divisor: 127.5, mean: 1 },
  torch: { divisor: 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
};

/** What must be given for a model that others saved. */
export const modelOptions = (): Option[] => [
  new Option(
    '--classes <names>',
    'for a model of others: its classes in the order of its output, with commas between',
  ).argParser(classNames),
  new Option(
    '--image-size <pixels>',
    'for a model of others that takes any size: 256, or height×width as 150x200',
  ).argParser(imageSize),
  new Option(
    '--scale <factor>',
    'for a model of others that does not rescale: what pixel values 0–255 are multiplied with, as 1/255',
  ).argParser(scale),
  new Option(
    '--preprocess-input <mode>',
    "for one that was trained with preprocess_input of keras.applications: tf (x/127.5 − 1), or torch (x/255, less ImageNet's mean, by its deviation)",
  )
    .choices(Object.keys(PREPROCESS_INPUT))
    .conflicts('scale'),
  new Option(
    '--crop-to-aspect-ratio',
    'for one that was trained so: keep proportions, and cut away what is too high or too wide',
  ),
  new Option(
    '--pad-to-aspect-ratio',
    'for one that was trained so: keep proportions, with black around the picture',
  ).conflicts('cropToAspectRatio'),
];

/** The options as `loadClassifier` takes them. */
export function foreignModelOptions(options: ModelOptions): ForeignModelOptions {
  const { classes, imageSize, scale, preprocessInput, cropToAspectRatio, padToAspectRatio } =
    options;
  const rescale = preprocessInput === undefined ? scale : PREPROCESS_INPUT[preprocessInput];
  const input = { imageSize, rescale, cropToAspectRatio, padToAspectRatio };
  const hasInput = Object.values(input).some((value) => value !== undefined);
  return { classNames: classes, ...(hasInput && { input }) };
}

function classNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length < 2 || names.includes('') || new Set(names).size < names.length) {
    throw new InvalidArgumentError('It must be two different names or more, as happy,sad.');
  }
  return names;
}

function imageSize(text: string): [number, number] {
  const [, height, width] = /^(\d+)(?:[x×](\d+))?$/.exec(text) ?? [];
  const size: [number, number] = [Number(height), Number(width ?? height)];
  if (!size.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new InvalidArgumentError('It must be a whole number from 1, or two as 150x200.');
  }
  return size;
}

function scale(text: string): Rescale {
  const [, number, divisor = '1'] = /^([\d.]+)(?:\/([\d.]+))?$/.exec(text) ?? [];
  const factor = Number(number) / Number(divisor);
  if (!(factor > 0 && factor < Infinity)) {
    throw new InvalidArgumentError('It must be a number above 0, or a fraction as 1/255.');
  }
  return { scale: factor };
}
