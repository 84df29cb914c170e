import type { PictureProblem } from './checkReport';

/**
 * Finds colours of a BMP that TensorFlow, and so Keras, gets wrong: of 8 bits it gives the numbers of the palette instead of
 * its colours, and of 32 bits it takes blue, green and red in this order, whatever the masks say (BITMAPINFOHEADER, BI_BITFIELDS).
 *
 * @param bytes The whole file. A palette of greys in their order is right.
 */
export function bmpProblems(bytes: Buffer): Pick<PictureProblem, 'kind' | 'detail'>[] {
  const [bits, compression] = [bytes.readUInt16LE(28), bytes.readUInt32LE(30)];
  const cure = 'save it as PNG';
  if (bits === 8 && !isGreyPalette(bytes)) {
    const detail = `it has a palette, of which the loader, like that of Keras, takes the numbers instead of the colours, so that it comes out nearly black: ${cure}`;
    return [{ kind: 'bmp-colours', detail }];
  }
  if (bits === 32 && compression === 3 && bytes.readUInt32LE(54) !== 0xff0000) {
    const detail = `its masks put red in another place than the loader, like that of Keras, looks for it, so that red and blue may be exchanged: ${cure}`;
    return [{ kind: 'bmp-colours', detail }];
  }
  return [];
}

function isGreyPalette(bytes: Buffer): boolean {
  const start = 14 + bytes.readUInt32LE(14);
  const palette = bytes.subarray(start, bytes.readUInt32LE(10));
  return palette.length === 1024 && palette.every((value, i) => i % 4 === 3 || value === i >> 2);
}
