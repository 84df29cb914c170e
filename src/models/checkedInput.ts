import { checkOptionNames } from '../errors/checkOptionNames';
import { channelsOf } from '../images/formats/colorMode';
import { checkedResizing, RESIZING_NAMES } from '../images/formats/resizing';
import type { ClassifierInput } from './classifier';
import { checkRescale } from './toInput';
import { withoutUndefined } from './withoutUndefined';

/**
 * Checks how pictures become a model's input.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @returns the same, but for what is undefined
 * @throws {TypeError} or RangeError when something is missing, wrong or not known
 *
 * @example
 * checkedInput('Cannot save', { imageSize: [150, 150], rescale: { divisor: 255 } });
 */
export function checkedInput(action: string, input: unknown): ClassifierInput {
  if (input === undefined) {
    throw new TypeError(
      `${action}: its input is required, as { imageSize: [150, 150], rescale: { divisor: 255 } }, not imageSize and scale beside the model as in older programs`,
    );
  }
  checkOptionNames(action, input as ClassifierInput, { ...RESIZING_NAMES, rescale: true });
  const { rescale, ...resizing } = input as ClassifierInput;
  if (resizing.imageSize === undefined) {
    throw new TypeError(`${action}: imageSize must be [height, width], got undefined`);
  }
  checkedResizing(action, resizing);
  const { colorMode } = resizing;
  checkRescale(action, rescale, colorMode && channelsOf(colorMode));
  return withoutUndefined(input as ClassifierInput);
}
