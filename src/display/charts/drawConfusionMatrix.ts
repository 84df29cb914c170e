import { escapeXml } from '../svg/escapeXml';
import { showSvg } from '../svg/showSvg';
import { FONT, INK, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';

/** What is drawn of an evaluation, such as `evaluatePictures` gives. */
export interface MatrixToDraw {
  classNames: readonly string[];
  /** A row for each true class, in it a column for each class that it was taken for. */
  confusionMatrix: readonly (readonly number[])[];
}

const CELL = { width: 110, height: 64 };
const ROW_NAME = 130;
const FONT_SIZE = 16;
const COUNT_SIZE = 24;
const LINE_HEIGHT = 20;
const HEAD = 24 + 2 * LINE_HEIGHT + 8;

// Right and wrong in Okabe and Ito's blue and vermillion, told apart with every kind of colour blindness
// (https://jfly.uni-koeln.de/color/); the diagonal's frame says it once more.
const RIGHT = [0, 114, 178] as const;
const WRONG = [213, 94, 0] as const;
/** The strongest tint: ink keeps a contrast of at least 4.5 : 1 on both. */
const STRONGEST = 0.5;

/**
 * Draws a confusion matrix on a white card: a row for each true class, in it a column for each class that it was taken
 * for, each with its count. The more of a row, the stronger the colour; what is right stands framed on the diagonal.
 *
 * @param evaluation class names and counts, of any number of classes
 * @returns a self-contained SVG document, with all counts in its title
 * @throws {RangeError} when names and counts do not fit
 *
 * @example
 * const svg = drawConfusionMatrix(await evaluatePictures(classifier, test));
 */
export function drawConfusionMatrix({ classNames, confusionMatrix }: MatrixToDraw): string {
  const classes = classNames.length;
  if (
    classes === 0 ||
    confusionMatrix.length !== classes ||
    confusionMatrix.some((row) => row.length !== classes)
  ) {
    throw new RangeError(
      `Cannot draw the confusion matrix: a row and a column for each of ${classes} classes is required, got ${JSON.stringify(confusionMatrix)}`,
    );
  }
  const columns = classNames.map((name, k) =>
    textLines(name, ROW_NAME + (k + 0.5) * CELL.width, HEAD - 8, CELL.width, 'bottom'),
  );
  const rows = confusionMatrix.map((row, k) => drawRow(classNames[k]!, row, k));
  const middle = ROW_NAME + (classes * CELL.width) / 2;
  return svgCard({
    width: ROW_NAME + classes * CELL.width,
    height: HEAD + classes * CELL.height,
    title: describeMatrix({ classNames, confusionMatrix }),
    content: [
      `<g font-family="${FONT}" font-size="${FONT_SIZE}" fill="${INK}" text-anchor="middle">`,
      `<text x="${middle}" y="14" font-weight="bold">taken for</text>`,
      `<text x="0" y="${HEAD - 8}" font-weight="bold" text-anchor="start">true class</text>`,
      ...columns,
      ...rows,
      '</g>',
    ].join(''),
  });
}

/**
 * Shows a confusion matrix under the running notebook cell, stored in the notebook with an alternative text.
 *
 * @param evaluation as for {@link drawConfusionMatrix}
 * @throws what {@link drawConfusionMatrix} throws, and Error outside a notebook
 *
 * @example
 * await showConfusionMatrix(await evaluatePictures(classifier, test));
 */
export async function showConfusionMatrix(evaluation: MatrixToDraw): Promise<void> {
  const svg = drawConfusionMatrix(evaluation);
  await showSvg(svg, { show: 'showConfusionMatrix', draw: 'drawConfusionMatrix' });
}

function drawRow(name: string, row: readonly number[], k: number): string {
  const top = HEAD + k * CELL.height;
  const total = row.reduce((sum, count) => sum + count, 0);
  const cells = row.map((count, column) => {
    const isRight = column === k;
    const fill = tint(isRight ? RIGHT : WRONG, total === 0 ? 0 : count / total);
    const x = ROW_NAME + column * CELL.width;
    const frame = isRight ? `stroke="${INK}" stroke-width="2"` : 'stroke="#bbbbbb"';
    return (
      `<rect x="${x + 2}" y="${top + 2}" width="${CELL.width - 4}" height="${CELL.height - 4}" rx="4" fill="${fill}" ${frame}/>` +
      `<text x="${x + CELL.width / 2}" y="${top + CELL.height / 2 + 8}" font-size="${COUNT_SIZE}">${count}</text>`
    );
  });
  const label = textLines(name, 0, top + CELL.height / 2 + 6, ROW_NAME - 10, 'middle');
  return `<g text-anchor="start">${label}</g>${cells.join('')}`;
}

/** White for nothing of the row, and so on. */
function tint(colour: readonly [number, number, number], share: number): string {
  const mixed = colour.map((part) => Math.round(255 - (255 - part) * share * STRONGEST));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function textLines(
  text: string,
  x: number,
  y: number,
  width: number,
  anchor: 'bottom' | 'middle',
): string {
  const lines = wrapLabel(text, width / FONT_SIZE, 2);
  const above = (lines.length - 1) * LINE_HEIGHT * (anchor === 'bottom' ? 1 : 0.5);
  return lines
    .map((line, i) => `<text x="${x}" y="${y - above + i * LINE_HEIGHT}">${escapeXml(line)}</text>`)
    .join('');
}

function describeMatrix({ classNames, confusionMatrix }: MatrixToDraw): string {
  const rows = confusionMatrix.map((row, k) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const parts = row.map((count, column) => `${count} for ${classNames[column]}`);
    return `of ${total} ${classNames[k]} pictures ${parts.join(', ')} taken`;
  });
  return `Confusion matrix: ${rows.join('; ')}`;
}
