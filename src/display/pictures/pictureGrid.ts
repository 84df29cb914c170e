import { escapeXml } from '../svg/escapeXml';
import { hundredths } from '../svg/rounded';
import { svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { drawVerdict } from './drawVerdict';
import type { StoredPicture } from './withPictures';

const BOX = 120; // CSS pixels; five in a row fit the column of a notebook
const GAP = 12;
const FONT_SIZE = 16;
const LINE_HEIGHT = 20;
/** What stands under the pictures of `drawTopLosses`. */
const MOST_PARTS = 5;

/** A picture in the grid. */
export interface GridCell extends StoredPicture {
  /** Text under it, any, in up to five lines of its own; empty for none. */
  caption: string;
  /** What a frame and a sign shall mean; neither is drawn when left out. */
  isRight?: boolean;
}

type DrawnCell = Omit<GridCell, 'caption'> & { lines: readonly string[] };

/**
 * Lays pictures out in rows on a white card, each in its own proportions, standing on its caption.
 *
 * @param cells the pictures, from left to right and from top to bottom
 * @param columns pictures in a row
 * @param title what the grid shows, for readers who cannot see it
 * @param box side of the square that a picture may fill, in CSS pixels; 120 when left out
 * @returns a self-contained SVG document
 *
 * @example
 * pictureGrid([{ uri, aspect: 1, caption: 'happy' }], 1, 'Grid of 1 picture: happy');
 */
export function pictureGrid(
  cells: readonly GridCell[],
  columns: number,
  title: string,
  box = BOX,
): string {
  const drawn = cells.map(({ caption, ...cell }) => ({
    ...cell,
    lines: linesOf(caption, box / FONT_SIZE),
  }));
  const elements: string[] = [];
  let top = 0;
  for (let first = 0; first < drawn.length; first += columns) {
    const row = drawn.slice(first, first + columns);
    row.forEach((cell, column) => elements.push(drawCell(cell, column * (box + GAP), top, box)));
    const lines = Math.max(...row.map((cell) => cell.lines.length));
    top += box + lines * LINE_HEIGHT + GAP;
  }
  return svgCard({
    width: columns * (box + GAP) - GAP,
    height: top - GAP,
    title,
    content: elements.join(''),
    fontSize: FONT_SIZE,
    anchor: 'middle',
  });
}

/** Each line of the caption keeps one, so that a long name of one class does not push out the other's; the last may take two. */
function linesOf(caption: string, width: number): string[] {
  if (caption === '') return [];
  const parts = caption.split('\n');
  const first = parts.slice(0, Math.min(parts.length, MOST_PARTS) - 1);
  const last = parts.slice(first.length).join(' ');
  return [...first.flatMap((part) => wrapLabel(part, width, 1)), ...wrapLabel(last, width, 2)];
}

function drawCell(
  { uri, aspect, lines, isRight }: DrawnCell,
  left: number,
  top: number,
  box: number,
): string {
  const width = hundredths(box * Math.min(1, aspect));
  const height = hundredths(box / Math.max(1, aspect));
  const x = hundredths(left + (box - width) / 2);
  const y = hundredths(top + box - height); // it stands on its caption
  const picture = `<image x="${x}" y="${y}" width="${width}" height="${height}" href="${uri}"/>`;
  const verdict = isRight === undefined ? '' : drawVerdict(isRight, { x, y, width, height });
  const text = lines.map((line, i) => {
    const baseline = top + box + (i + 1) * LINE_HEIGHT - 3;
    const weight = isRight !== undefined && i === 0 ? ' font-weight="bold"' : '';
    return `<text x="${left + box / 2}" y="${baseline}"${weight}>${escapeXml(line)}</text>`;
  });
  return picture + verdict + text.join('');
}
