import { escapeXml } from '../svg/escapeXml';
import { showing } from '../svg/showSvg';
import { INK, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { type MatrixToDraw, mostConfused, type SmallMatrix } from '../../evaluation/mostConfused';

const ROW_NAME = 130;
const FONT_SIZE = 16;
const LINE_HEIGHT = 20;
const ALL = 24; // CSS pixels, for what stands over all columns

/** Of few classes the names of the columns lie, of more they stand. */
const FEW = {
  upTo: 5,
  cell: { width: 110, height: 64, count: 24 },
  head: ALL + 2 * LINE_HEIGHT + 8,
};
const MORE = { cell: { width: 54, height: 40, count: 15 }, head: ALL + ROW_NAME };

// Right and wrong in Okabe and Ito's blue and vermillion, distinguished with every kind of colour blindness
// (https://jfly.uni-koeln.de/color/); the diagonal's frame says it once more.
const RIGHT = [0, 114, 178] as const;
const WRONG = [213, 94, 0] as const;
/** Of several classes in one, which are partly right and partly wrong. */
const MIXED = [128, 128, 128] as const;
/** The strongest tint: ink keeps a contrast of at least 4.5 : 1 on both. */
const STRONGEST = 0.5;

/**
 * Draws a confusion matrix on a white card: a row for each true class, in it a column for each class that it was taken
 * for, each with its count. The more of a row, the stronger the colour; what is right stands framed on the diagonal.
 * Of more than twelve classes it draws the eleven with the most mistakes, and all others as one.
 *
 * @param evaluation class names and counts, of any number of classes
 * @returns a self-contained SVG document, with the counts in its title
 * @throws {TypeError} when it is no evaluation; RangeError when names and counts do not fit
 *
 * @example
 * const svg = drawConfusionMatrix(await evaluatePictures(classifier, split.test));
 */
export function drawConfusionMatrix(evaluation: MatrixToDraw): string {
  const { classNames, confusionMatrix } = evaluation;
  if (!Array.isArray(classNames) || !Array.isArray(confusionMatrix)) {
    throw new TypeError(
      'Cannot draw the confusion matrix: an evaluation is required, an object with classNames and confusionMatrix, as evaluatePictures gives it',
    );
  }
  const classes = classNames.length;
  if (
    classes === 0 ||
    confusionMatrix.length !== classes ||
    confusionMatrix.some((row) => row.length !== classes)
  ) {
    throw new RangeError(
      `Cannot draw the confusion matrix: a row and a column for each of ${classes} classes is required, got ${JSON.stringify(confusionMatrix).slice(0, 80)}`,
    );
  }
  const drawn = mostConfused({ classNames, confusionMatrix });
  const count = drawn.classNames.length;
  const { cell, head } = count <= FEW.upTo ? FEW : MORE;
  const columns = drawn.classNames.map((name, k) => {
    const x = ROW_NAME + (k + 0.5) * cell.width;
    if (cell === FEW.cell) return textLines(name, x, head - 8, cell.width, 'bottom');
    const standing = textLines(name, 0, 5, ROW_NAME - 10, 'middle');
    return `<g transform="translate(${x} ${head - 8}) rotate(-90)" text-anchor="start">${standing}</g>`;
  });
  const rows = drawn.confusionMatrix.map((row, k) => drawRow(drawn, row, k, cell, head));
  const middle = ROW_NAME + (count * cell.width) / 2;
  return svgCard({
    width: ROW_NAME + count * cell.width,
    height: head + count * cell.height,
    title: describeMatrix(drawn),
    content: [
      `<text x="${middle}" y="14" font-weight="bold">taken for</text>`,
      `<text x="0" y="${head - 8}" font-weight="bold" text-anchor="start">true class</text>`,
      ...columns,
      ...rows,
    ].join(''),
    fontSize: FONT_SIZE,
    anchor: 'middle',
  });
}

/**
 * Shows a confusion matrix under the running notebook cell, stored in the notebook with an alternative text. fast.ai's is
 * `plot_confusion_matrix`; Keras has none.
 *
 * @param evaluation as for {@link drawConfusionMatrix}
 * @throws what {@link drawConfusionMatrix} throws, and Error outside a notebook
 *
 * @example
 * await showConfusionMatrix(await evaluatePictures(classifier, split.test));
 */
export const showConfusionMatrix = showing(drawConfusionMatrix);

function drawRow(
  { classNames, hasOthers }: SmallMatrix,
  row: readonly number[],
  k: number,
  { width, height, count: size }: { width: number; height: number; count: number },
  head: number,
): string {
  const top = head + k * height;
  const total = row.reduce((sum, count) => sum + count, 0);
  const cells = row.map((count, column) => {
    const isMixed = hasOthers && column === k && k === classNames.length - 1;
    const isRight = column === k && !isMixed;
    const colour = isMixed ? MIXED : isRight ? RIGHT : WRONG;
    const fill = tint(colour, total === 0 ? 0 : count / total);
    const x = ROW_NAME + column * width;
    // Large numbers give way: 0.62 em is the width of a digit in the widest of the usual fonts.
    const fitting = Math.min(size, Math.floor((width - 8) / (0.62 * String(count).length)));
    const frame = isRight ? `stroke="${INK}" stroke-width="2"` : 'stroke="#bbbbbb"';
    return (
      `<rect x="${x + 2}" y="${top + 2}" width="${width - 4}" height="${height - 4}" rx="4" fill="${fill}" ${frame}/>` +
      `<text x="${x + width / 2}" y="${top + height / 2 + fitting / 3}" font-size="${fitting}">${count}</text>`
    );
  });
  const label = textLines(classNames[k]!, 0, top + height / 2 + 6, ROW_NAME - 10, 'middle');
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

/** Of few classes all counts; of more a listener would lose the thread. */
function describeMatrix({ classNames, confusionMatrix, hasOthers }: SmallMatrix): string {
  const rows = confusionMatrix.map((row, k) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    if (hasOthers && k === classNames.length - 1) {
      return `of ${total} pictures of ${classNames[k]} ${row[k]} taken for one of these`;
    }
    if (classNames.length > FEW.upTo) {
      const wrong = row.map((count, column) => (column === k ? 0 : count));
      const most = wrong.indexOf(Math.max(...wrong));
      const others = wrong[most]! > 0 ? `, ${wrong[most]} taken for ${classNames[most]}` : '';
      return `of ${total} ${classNames[k]} pictures ${row[k]} right${others}`;
    }
    const parts = row.map((count, column) => `${count} for ${classNames[column]}`);
    return `of ${total} ${classNames[k]} pictures ${parts.join(', ')} taken`;
  });
  return `Confusion matrix: ${rows.join('; ')}`;
}
