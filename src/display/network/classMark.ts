import { tenths } from '../svg/rounded';

// Okabe and Ito's colours, distinguished with every kind of colour blindness (https://jfly.uni-koeln.de/color/); of their
// eight, yellow is too pale on white and black is the ink.
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00'];

/** Corners of each shape on a circle of radius 1; the first one is the circle itself. */
const SHAPES: ReadonlyArray<ReadonlyArray<readonly [number, number]>> = [
  [],
  polygon(4, 0.25),
  polygon(3, 0.25),
  polygon(4, 0),
  polygon(3, 0.75),
  polygon(5, 0.75),
  polygon(6, 0),
];

/**
 * Draws the mark of a class: a colour and a shape, so that the shape shows it where the colour does not. With six colours
 * and seven shapes 42 classes have marks of their own.
 *
 * @param index the class's index in `classNames`
 * @param x middle
 * @param y middle
 * @param radius in CSS pixels
 */
export function classMark(index: number, x: number, y: number, radius: number): string {
  const fill = `fill="${COLOURS[index % COLOURS.length]}" stroke="#ffffff" stroke-width="1.5"`;
  const corners = SHAPES[index % SHAPES.length]!;
  const [left, top] = [tenths(x), tenths(y)];
  if (corners.length === 0) return `<circle cx="${left}" cy="${top}" r="${radius}" ${fill}/>`;
  const path = corners.map(([dx, dy]) => `${tenths(x + dx * radius)},${tenths(y + dy * radius)}`);
  return `<polygon points="${path.join(' ')}" ${fill}/>`;
}

/** @param turn where the first corner lies, in turns from the right */
function polygon(corners: number, turn: number): Array<readonly [number, number]> {
  const stretch = corners === 3 ? 1.25 : 1.1; // about as large as the circle
  return Array.from({ length: corners }, (_, i) => {
    const angle = 2 * Math.PI * (turn + i / corners);
    return [stretch * Math.cos(angle), stretch * Math.sin(angle)] as const;
  });
}
