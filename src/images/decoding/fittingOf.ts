import type { Box, Fit, Shrinking } from '../../tensorflow/decoding/decodeImage';
import type { CheckedResizing } from '../formats/resizing';

type PictureSides = readonly [width: number, height: number];

const float = Math.fround;

/**
 * How a picture keeps its proportions, with the roundings of Keras' loader, which reckons in float32.
 *
 * @param size of the picture in its file
 * @param shrinking how many times smaller it is decoded
 * @param resizing checked
 * @returns `crop`, what of the decoded picture is resized, or `frame`, where it then lies in the input, which is black around
 *   it; neither where it has the proportions of the input, or is not to keep its own
 */
export function fittingOf(
  size: PictureSides,
  shrinking: Shrinking,
  { imageSize, cropToAspectRatio, padToAspectRatio }: CheckedResizing,
): Fit {
  if (cropToAspectRatio) {
    const isWhole = ({ height, width }: Box) => width === size[0] && height === size[1];
    const decoded = size.map((side) => Math.ceil(side / shrinking)) as [number, number];
    return isWhole(cropOf(size, imageSize)) ? {} : { crop: cropOf(decoded, imageSize) };
  }
  if (!padToAspectRatio) return {};
  const frame = frameOf(size, imageSize);
  return frame.height === imageSize[0] && frame.width === imageSize[1] ? {} : { frame };
}

/** The middle of a picture, as `keras.utils.image_utils.smart_resize` cuts it out. */
function cropOf(
  [width, height]: PictureSides,
  [toHeight, toWidth]: CheckedResizing['imageSize'],
): Box {
  const side = (whole: number, wanted: number) => Math.max(1, Math.min(whole, Math.trunc(wanted)));
  const cropHeight = side(height, float(float(width * toHeight) / toWidth));
  const cropWidth = side(width, float(float(height * toWidth) / toHeight));
  return {
    top: Math.floor((height - cropHeight) / 2),
    left: Math.floor((width - cropWidth) / 2),
    height: cropHeight,
    width: cropWidth,
  };
}

/** Where the whole picture lies, as `tf.image.resize_with_pad` puts it. */
function frameOf(
  [width, height]: PictureSides,
  [toHeight, toWidth]: CheckedResizing['imageSize'],
): Box {
  const ratio = Math.max(float(width / toWidth), float(height / toHeight));
  const [exactHeight, exactWidth] = [float(height / ratio), float(width / ratio)];
  const before = (whole: number, part: number) =>
    Math.max(0, Math.floor(float(float(whole - part) / 2)));
  return {
    top: before(toHeight, exactHeight),
    left: before(toWidth, exactWidth),
    height: Math.max(1, Math.floor(exactHeight)),
    width: Math.max(1, Math.floor(exactWidth)),
  };
}
