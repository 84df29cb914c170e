import { hasTransparentPixels } from '../../images/formats/hasTransparentPixels';
import { luma } from '../../images/formats/luma';
import { type CheckedResizing, dropsAlpha } from '../../images/formats/resizing';
import type { PictureProblem } from './checkReport';

/** What a training makes of the pictures: what transparent ones are laid on, and which colours are left. */
export type Reading = Pick<CheckedResizing, 'background' | 'colorMode'>;

/** The pixels as the network sees them: equal red, green and blue where it sees greys. */
export function seenAs({ colorMode }: Reading, rgb: Uint8Array): Uint8Array {
  if (colorMode !== 'grayscale') return rgb;
  return rgb.map((_, i) => {
    const first = i - (i % 3);
    return Math.round(luma(rgb[first]!, rgb[first + 1]!, rgb[first + 2]!));
  });
}

/** A problem where the picture has transparency, and the loader drops it. */
export async function transparencyProblem(
  bytes: Buffer,
  reading: Reading,
): Promise<Pick<PictureProblem, 'kind' | 'detail'>[]> {
  if (!dropsAlpha(reading) || !(await hasTransparentPixels(bytes))) return [];
  const detail = `it has transparent pixels; the loader, like that of Keras, drops transparency, and the colours hidden under it show, mostly black: background 'white' lays it on white`;
  return [{ kind: 'transparent', detail }];
}
