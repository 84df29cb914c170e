import { damagedChunk, isWhole, pictureType } from '../formats/pictureType';
import { show } from '../../errors/show';

/**
 * Says why TensorFlow does not decode a picture, and what can be done.
 *
 * @param bytes the whole picture
 * @param said what TensorFlow said
 * @returns words that begin with "it" or "its"
 */
export function whyRefused(bytes: Buffer, said: string | undefined): string {
  const type = pictureType(bytes)?.name ?? '';
  const source = `(TensorFlow: ${show(said)})`;
  if (!isWhole(bytes, type)) return `it is cut off, damaged or of a rare kind ${source}`;
  if (type === 'WebP' && said?.includes('Animation')) {
    return 'it is an animated WebP, which is not supported: save its first picture as PNG';
  }
  if (type === 'WebP' && said?.includes('channels')) {
    return `it is a transparent WebP, which is read only with a background, such as background 'white': give one, or save it as PNG`;
  }
  const chunk = type === 'PNG' ? damagedChunk(bytes) : undefined;
  if (chunk !== undefined) return `its part ${show(chunk)} is damaged: the checksum is wrong`;
  const kind = type === 'BMP' ? ` of BMP${bmpKind(bytes)}` : '';
  const doubt = type === 'BMP' ? '' : ' or damaged inside';
  return `it is whole, but of a rare kind${kind}${doubt}: save it as PNG ${source}`;
}

/** BITMAPCOREHEADER and BITMAPINFOHEADER. */
function bmpKind(bytes: Buffer): string {
  if (bytes.readUInt32LE(14) < 40) return ' with the header of OS/2';
  const [bits, compression] = [bytes.readUInt16LE(28), bytes.readUInt32LE(30)];
  if (compression === 1 || compression === 2) return ', compressed';
  if (![8, 24, 32].includes(bits)) return `, with ${bits} ${bits === 1 ? 'bit' : 'bits'} a pixel`;
  return bytes.length > bytes.readUInt32LE(2) ? ', with more bytes than its header says' : '';
}
