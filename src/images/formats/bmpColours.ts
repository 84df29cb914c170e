/**
 * Says what is wrong with the colours of a BMP as TensorFlow, and so Keras, decodes it: of 8 bits it gives the numbers of the
 * palette instead of its colours, and of 32 bits it takes blue, green and red in this order, whatever the masks say
 * (BITMAPINFOHEADER, BI_BITFIELDS).
 *
 * @param bytes a picture, or its beginning. A palette of greys in their order is right
 * @returns words that begin with "it" or "its"; undefined where nothing is wrong, or it is no such BMP
 *
 * @example
 * bmpColours(await readFile('drawing.bmp')); // 'it has a palette, …'
 */
export function bmpColours(bytes: Buffer): string | undefined {
  if (bytes.length < 58 || bytes.toString('latin1', 0, 2) !== 'BM') return undefined;
  if (bytes.readUInt32LE(14) < 40) return undefined;
  const [bits, compression] = [bytes.readUInt16LE(28), bytes.readUInt32LE(30)];
  if (bits === 8 && !isGreyPalette(bytes)) {
    return 'it has a palette, of which the loader, like that of Keras, takes the numbers instead of the colours: it comes out grey, often nearly black. Save it as PNG';
  }
  if (bits === 32 && compression === 3 && bytes.readUInt32LE(54) !== 0xff0000) {
    return 'its masks put red in another place than the loader, like that of Keras, looks for it, so that red and blue may be exchanged: save it as PNG';
  }
  return undefined;
}

function isGreyPalette(bytes: Buffer): boolean {
  const start = 14 + bytes.readUInt32LE(14);
  const palette = bytes.subarray(start, bytes.readUInt32LE(10));
  return palette.length === 1024 && palette.every((value, i) => i % 4 === 3 || value === i >> 2);
}
