import type { HeatMap } from '../../evaluation/inspecting/heatMap';
import type { RgbPicture } from '../pictures/readPicture';
import { escapeXml } from '../svg/escapeXml';
import { svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { HEAT_GRADIENT } from './heatColour';
import { heatOver } from './heatOver';
import { MOST_BYTES, storedPicture } from './storedPicture';

const BOX = 180; // CSS pixels
const GAP = 16;
const FONT_SIZE = 16;
const LINE_HEIGHT = 20;
const MAX_LINES = 3;
const LEGEND = { height: 14, width: 180 };
/** Enough for a card's 180 pixels at 150 % zoom. */
const STORED_SIZE = 270;
/** Below this a picture is drawn with its single pixels, not smoothed. */
const FEW_PIXELS = 90;

/** A picture and its heat maps, side by side. */
export interface HeatRow {
  picture: RgbPicture;
  /** Text under the picture. */
  caption: string;
  maps: ReadonlyArray<{ values: Float32Array; caption: string }>;
}

/** What the colours of all rows mean. */
export interface HeatCard {
  /** What the card shows, for who cannot see it. */
  title: string;
  /** What the lightest and the strongest colour mean. */
  legend: [lowest: string, highest: string];
}

/**
 * Draws rows of a picture and its heat maps over a legend, on a white card. Within a row the same colour means the same
 * value; its strongest colour is the row's largest value.
 *
 * @returns a self-contained SVG document
 */
export async function heatPanels(
  rows: readonly HeatRow[],
  { title, legend }: HeatCard,
): Promise<string> {
  const columns = Math.max(...rows.map(({ maps }) => 1 + maps.length));
  const room = MOST_BYTES / (rows.length * columns);
  const elements: string[] = [];
  let top = 0;
  for (const { picture, caption, maps } of rows) {
    const highest = Math.max(...maps.map(({ values }) => maximum(values)));
    const panels = [
      { picture, caption },
      ...maps.map((map) => ({
        picture: heatOver(picture, map.values, highest),
        caption: map.caption,
      })),
    ];
    const lines = panels.map((panel) => wrapLabel(panel.caption, BOX / FONT_SIZE, MAX_LINES));
    const aspect = picture.width / picture.height;
    const height = Math.round(BOX / Math.max(1, aspect));
    for (const [column, panel] of panels.entries()) {
      const left = column * (BOX + GAP);
      const uri = await storedPicture(panel.picture, STORED_SIZE, room);
      elements.push(drawPanel(uri, left, top, Math.round(BOX * Math.min(1, aspect)), height));
      elements.push(drawLines(lines[column]!, left + BOX / 2, top + height));
    }
    top += height + Math.max(...lines.map(({ length }) => length)) * LINE_HEIGHT + GAP;
  }
  const width = columns * (BOX + GAP) - GAP;
  const bar = drawHeatLegend(legend, width, top);
  return svgCard({
    width,
    height: bar.bottom,
    title,
    content: `<defs>${HEAT_GRADIENT}</defs>${elements.join('')}${bar.svg}`,
    fontSize: FONT_SIZE,
    anchor: 'middle',
  });

  function drawPanel(uri: string, left: number, y: number, width: number, height: number): string {
    const { width: pixels } = rows[0]!.picture;
    const style = pixels < FEW_PIXELS ? ' style="image-rendering:pixelated"' : '';
    const x = left + (BOX - width) / 2;
    return (
      `<image x="${x}" y="${y}" width="${width}" height="${height}" href="${uri}" preserveAspectRatio="none"${style}/>` +
      `<rect x="${x - 0.5}" y="${y - 0.5}" width="${width + 1}" height="${height + 1}" fill="none" stroke="#d0d0d0"/>`
    );
  }
}

/** A heat map's largest value; 0 where it is empty. */
export function maximum(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** Says for a reader who cannot see it where a heat map is strongest; undefined where nothing is above 0. */
export function strongestRegion({
  values,
  width,
  height,
}: Pick<HeatMap, 'values' | 'width' | 'height'>): string | undefined {
  const most = maximum(values);
  if (most <= 0) return undefined;
  const pixel = values.indexOf(most);
  const third = (at: number, side: number) => Math.min(2, Math.floor((3 * (at + 0.5)) / side));
  const row = ['top', 'middle', 'bottom'][third(Math.floor(pixel / width), height)]!;
  const column = ['left', 'centre', 'right'][third(pixel % width, width)]!;
  return `${row} ${column}`;
}

function drawLines(lines: readonly string[], x: number, y: number): string {
  return lines
    .map((line, i) => `<text x="${x}" y="${y + (i + 1) * LINE_HEIGHT}">${escapeXml(line)}</text>`)
    .join('');
}

function drawHeatLegend([lowest, highest]: HeatCard['legend'], width: number, top: number) {
  const left = (width - LEGEND.width) / 2;
  const right = left + LEGEND.width;
  const texts = [wrapLabel(lowest, (left - 8) / FONT_SIZE, 2)];
  texts.push(wrapLabel(highest, (width - right - 8) / FONT_SIZE, 3));
  const anchors = [`x="${left - 8}" text-anchor="end"`, `x="${right + 8}" text-anchor="start"`];
  const svg = texts.flatMap((lines, side) =>
    lines.map(
      (line, i) =>
        `<text ${anchors[side]} y="${top + LEGEND.height + i * LINE_HEIGHT}">${escapeXml(line)}</text>`,
    ),
  );
  svg.push(
    `<rect x="${left}" y="${top}" width="${LEGEND.width}" height="${LEGEND.height + 4}" fill="url(#heat)" stroke="#d0d0d0"/>`,
  );
  const lines = Math.max(...texts.map(({ length }) => length));
  return { svg: svg.join(''), bottom: top + lines * LINE_HEIGHT };
}
