import { tenths } from '../svg/rounded';

/** Shapes distinguished without colour, of about the same area: the corners of a polygon round (0, 0), in radii. */
export const MARKS = {
  circle: 'circle',
  diamond: '0,-1.25 1.25,0 0,1.25 -1.25,0',
  square: '-.9,-.9 .9,-.9 .9,.9 -.9,.9',
  triangle: '0,-1.2 1.2,.9 -1.2,.9',
  triangleDown: '0,1.2 1.2,-.9 -1.2,-.9',
  cross:
    '-1.2,-.4 -.4,-.4 -.4,-1.2 .4,-1.2 .4,-.4 1.2,-.4 1.2,.4 .4,.4 .4,1.2 -.4,1.2 -.4,.4 -1.2,.4',
} as const;

/**
 * A mark as SVG path data, to be filled; several may stand in one path.
 *
 * @param mark one of {@link MARKS}, or other corners
 * @param x of its middle, in CSS pixels
 * @param y of its middle, in CSS pixels
 * @param radius in CSS pixels
 *
 * @example
 * markPath(MARKS.diamond, 50, 100, 4); // 'M50 95l5 5 -5 5 -5 -5z'
 */
export function markPath(mark: string, x: number, y: number, radius: number): string {
  if (mark === 'circle') {
    const [r, across] = [tenths(radius), tenths(2 * radius)];
    return `M${tenths(x - radius)} ${y}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 ${-across} 0`;
  }
  const corners = mark
    .split(' ')
    .map((corner) => corner.split(',').map((part) => tenths(Number(part) * radius)));
  const [first, ...others] = corners as [number, number][];
  let [px, py] = first!;
  const start = `M${tenths(x + px)} ${tenths(y + py)}l`;
  const steps = others.map(([cx, cy]) => {
    const step = `${tenths(cx - px)} ${tenths(cy - py)}`;
    [px, py] = [cx, cy];
    return step;
  });
  return `${start}${steps.join(' ')}z`;
}
