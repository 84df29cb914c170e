import type { LayerNode } from './layerNodes';

/** A drawn layer, from (0, 0). */
export interface LayerBox {
  svg: string;
  width: number;
  height: number;
}

/** The longer side of the largest feature map, in CSS pixels, and of the smallest that can be seen. */
const LARGEST = 80;
const SMALLEST = 6;

/** So far each sheet of a stack stands behind the one before it; a sheet for each doubling of the channels. */
const SHEET = 3;
const MOST_SHEETS = 8;

const VECTOR = { height: 12, least: 12, perDoubling: 7, most: 104 };

// Tints of Okabe and Ito's colours. The layer's class stands beside the box: nothing depends on seeing them.
const LOOKS: [name: RegExp, fill: string, stroke: string][] = [
  [/Input/, '#ffffff', '#222222'],
  [/Conv/, '#cfe5f2', '#0072B2'],
  [/Pool/, '#f9dfca', '#D55E00'],
  [/Dense/, '#cdeee3', '#008F68'],
  [/Add|Average|Concatenate|Dot|Maximum|Minimum|Multiply|Subtract/, '#efd9e6', '#A8417F'],
  [/(?:)/, '#eeeeee', '#767676'],
];

/**
 * Draws what a layer gives: feature maps as a stack of sheets in their proportions, the more channels the deeper; numbers
 * in a row as a bar, the more the longer.
 *
 * @param node of which the shape and the class are drawn
 * @param largest the longest side of all feature maps in the network, in pixels, which becomes 80 CSS pixels long
 *
 * @example
 * layerBox(layerNodes(buildHappyOrSad())[1]!, 150).height; // 88: a map of 148 × 148 and three more sheets
 */
export function layerBox({ shape, className }: LayerNode, largest: number): LayerBox {
  const [, fill, stroke] = LOOKS.find(([pattern]) => pattern.test(className))!;
  const look = `fill="${fill}" stroke="${stroke}"`;
  if (shape.length < 2) {
    const units = Math.max(1, shape[0] ?? 1);
    const { height, least, perDoubling, most } = VECTOR;
    const width = Math.round(Math.min(most, least + perDoubling * Math.log2(units)));
    return { svg: `<rect width="${width}" height="${height}" rx="3" ${look}/>`, width, height };
  }
  const [height, width] = [shape[0], shape[1]].map((side) =>
    Math.max(SMALLEST, Math.round((LARGEST * (side ?? largest)) / largest)),
  ) as [number, number];
  const channels = shape[2] ?? 1;
  const sheets = Math.min(MOST_SHEETS, 1 + Math.round(Math.log2(Math.max(1, channels)) / 1.5));
  const depth = (sheets - 1) * SHEET;
  const drawn = Array.from({ length: sheets }, (_, i) => {
    const behind = sheets - 1 - i;
    return `<rect x="${behind * SHEET}" y="${depth - behind * SHEET}" width="${width}" height="${height}"/>`;
  });
  return { svg: `<g ${look}>${drawn.join('')}</g>`, width: width + depth, height: height + depth };
}

/** The longest side of all feature maps, at least 1. */
export function largestSide(nodes: readonly LayerNode[]): number {
  const sides = nodes.flatMap(({ shape }) => (shape.length < 2 ? [] : shape.slice(0, 2)));
  return Math.max(1, ...sides.map((side) => side ?? 1));
}
