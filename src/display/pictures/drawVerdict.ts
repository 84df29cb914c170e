/** Right and wrong in Okabe and Ito's blue and vermillion, distinguished with every kind of colour blindness
 * (https://jfly.uni-koeln.de/color/). */
export const VERDICT_COLOURS = { right: '#0072B2', wrong: '#D55E00' } as const;

const BADGE = 11;
const FRAME = 4;
const SIGNS = { right: 'M-5,0L-1.5,4L5,-4', wrong: 'M-4,-4L4,4M4,-4L-4,4' };

/**
 * Draws a frame around a picture, and in its corner a tick or a cross: the colour alone must not distinguish right from wrong,
 * and drawn as lines the signs need no font.
 *
 * @param isRight whether the answer is right
 * @param box the picture's position and size in CSS pixels
 *
 * @example
 * drawVerdict(true, { x: 0, y: 0, width: 120, height: 80 });
 */
export function drawVerdict(
  isRight: boolean,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): string {
  const verdict = isRight ? 'right' : 'wrong';
  const colour = VERDICT_COLOURS[verdict];
  const inset = FRAME / 2;
  return (
    `<rect x="${x + inset}" y="${y + inset}" width="${Math.max(0, width - FRAME)}" height="${Math.max(0, height - FRAME)}" fill="none" stroke="${colour}" stroke-width="${FRAME}"/>` +
    `<g transform="translate(${x + BADGE} ${y + BADGE})" fill="none"><circle r="${BADGE}" fill="${colour}"/>` +
    `<path d="${SIGNS[verdict]}" stroke="#ffffff" stroke-width="2.5"/></g>`
  );
}
