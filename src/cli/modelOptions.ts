import { InvalidArgumentError, Option } from 'commander';
import type { ToldOfModel } from '../saving/foreignMetadata';

/** What the commands are given that open a model. */
export interface ModelOptions {
  classes?: string[];
  imageSize?: [height: number, width: number];
  scale?: number;
}

/** What must be told of a model that others saved. */
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
];

/** The options as `loadClassifier` takes them. */
export function toldOfModel({ classes, imageSize, scale }: ModelOptions): ToldOfModel {
  return { classNames: classes, imageSize, scale };
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

function scale(text: string): number {
  const [, number, divisor = '1'] = /^([\d.]+)(?:\/([\d.]+))?$/.exec(text) ?? [];
  const factor = Number(number) / Number(divisor);
  if (!(factor > 0 && factor < Infinity)) {
    throw new InvalidArgumentError('It must be a number above 0, or a fraction as 1/255.');
  }
  return factor;
}
