import { show } from '../errors/show';

/**
 * Refuses sizes and numbers of classes that a network cannot have.
 *
 * @param smallest side of a picture of which its poolings leave one pixel
 * @throws {RangeError} when a side is no whole number from there, or classes are none from 2
 */
export function checkNetworkShape(
  { imageSize, classes }: { imageSize: [height: number, width: number]; classes: number },
  smallest: number,
): void {
  const isSide = (side: number) => Number.isInteger(side) && side >= smallest;
  if (!Array.isArray(imageSize) || imageSize.length !== 2 || !imageSize.every(isSide)) {
    throw new RangeError(
      `Cannot build the network: imageSize must be [height, width], whole numbers from ${smallest}, got ${show(imageSize)}`,
    );
  }
  if (!(Number.isInteger(classes) && classes >= 2)) {
    throw new RangeError(
      `Cannot build the network: classes must be a whole number from 2, got ${classes}`,
    );
  }
}
