import { escapeXml } from '../svg/escapeXml';
import { FONT, INK, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';

const BOX = 120; // CSS pixels; five in a row fit the column of a notebook
const GAP = 12;
const FONT_SIZE = 16;
const LINE_HEIGHT = 20;
const MAX_LABEL_LINES = 2;

/** A picture in the grid. */
export interface GridCell {
  /** The picture as a `data:` URI. */
  uri: string;
  /** Its width divided by its height. */
  aspect: number;
  /** Text under it, any; empty for none. */
  label: string;
}

type DrawnCell = Omit<GridCell, 'label'> & { lines: readonly string[] };

/**
 * Lays pictures out in rows on a white card, each in its own proportions, standing on its label.
 *
 * @param cells the pictures, from left to right and from top to bottom
 * @param columns pictures in a row
 * @param title what the grid shows, for readers who cannot see it
 * @returns a self-contained SVG document
 *
 * @example
 * pictureGrid([{ uri, aspect: 1, label: 'happy' }], 1, 'Grid of 1 picture: happy');
 */
export function pictureGrid(cells: readonly GridCell[], columns: number, title: string): string {
  const drawn = cells.map(({ label, ...cell }) => ({
    ...cell,
    lines: label === '' ? [] : wrapLabel(label, BOX / FONT_SIZE, MAX_LABEL_LINES),
  }));
  const elements: string[] = [];
  let top = 0;
  for (let first = 0; first < drawn.length; first += columns) {
    const row = drawn.slice(first, first + columns);
    row.forEach((cell, column) => elements.push(drawCell(cell, column * (BOX + GAP), top)));
    const lines = Math.max(...row.map((cell) => cell.lines.length));
    top += BOX + lines * LINE_HEIGHT + GAP;
  }
  return svgCard({
    width: columns * (BOX + GAP) - GAP,
    height: top - GAP,
    title,
    content: `<g font-family="${FONT}" font-size="${FONT_SIZE}" fill="${INK}" text-anchor="middle">${elements.join('')}</g>`,
  });
}

function drawCell({ uri, aspect, lines }: DrawnCell, left: number, top: number): string {
  const width = BOX * Math.min(1, aspect);
  const height = BOX / Math.max(1, aspect);
  const x = round(left + (BOX - width) / 2);
  const y = round(top + BOX - height); // it stands on its label
  const picture = `<image x="${x}" y="${y}" width="${round(width)}" height="${round(height)}" href="${uri}"/>`;
  const text = lines.map((line, i) => {
    const baseline = top + BOX + (i + 1) * LINE_HEIGHT - 3;
    return `<text x="${left + BOX / 2}" y="${baseline}">${escapeXml(line)}</text>`;
  });
  return picture + text.join('');
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
