import { embeddingOf } from '../../evaluation/inspecting/embeddingOf';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { show } from '../../errors/show';
import type { Classifier } from '../../models/classifier';
import type { RgbPicture } from '../pictures/readPicture';
import { escapeXml } from '../svg/escapeXml';
import { checkLabels } from '../pictures/checkLabels';
import { percent } from '../pictures/percent';
import { tenths } from '../svg/rounded';
import { showing } from '../svg/showSvg';
import { FONT_SIZE, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { classMark } from './classMark';
import { type MarkedClasses, markedClasses } from './markedClasses';
import { pictureFor } from './pictureFor';
import { MOST_BYTES, storedPicture } from './storedPicture';
import { sheetOf } from './tileSheet';

const ACTION = 'Cannot draw the embedding';
const MOST_PICTURES = 200;
const PLOT = { width: 640, height: 440 };
const THUMBNAIL = 36; // CSS pixels
const STORED_THUMBNAIL = 54;
const MARK = 7; // radius
const LINE_HEIGHT = 22;
const LEGEND_EM = 20; // of a class's text
const MARGIN = THUMBNAIL / 2 + MARK + 4;

/**
 * Draws pictures as the last layer of a network sees them: what it finds alike lies close together. From all its
 * dimensions the picture keeps the two in which the pictures differ most, and says how much of the difference that is,
 * by {@link embeddingOf}. A mark on each, by colour and by shape, shows its class; of very many classes those with the most
 * pictures have marks of their own.
 *
 * @param classifier stays the caller's to dispose
 * @param files paths of 2 to 200 pictures, of any sizes
 * @param options.labels the index of each picture's true class in `classNames`; when left out, the mark shows what each is taken for
 * @returns a self-contained SVG document
 * @throws what {@link embeddingOf} throws, and RangeError when there are too many pictures, or labels that do not fit
 *
 * @example
 * const svg = await drawEmbedding(classifier, dataset.filePaths, { labels: dataset.labels });
 */
export async function drawEmbedding(
  classifier: Classifier,
  files: readonly string[],
  options: { labels?: readonly number[] } = {},
): Promise<string> {
  checkOptionNames(ACTION, options, { labels: true });
  const { labels } = options;
  const { classNames } = classifier;
  checkFiles(files);
  checkLabels(labels, classNames, files.length, ACTION);
  const { points, explainedVariance, predictedClasses } = await embeddingOf(classifier, files);
  const indices = labels ?? predictedClasses.map((name) => classNames.indexOf(name));
  const sheet = await thumbnailSheet(classifier, files);
  const at = positions(points);
  const side = THUMBNAIL;
  const thumbnails = at.map(([x, y], i) => {
    const corner = `x="${tenths(x - side / 2)}" y="${tenths(y - side / 2)}"`;
    return `<svg ${corner} width="${side}" height="${side}" viewBox="${sheet.viewBox(i)}"><use href="#pictures"/></svg>`;
  });
  // Over all thumbnails, or a crowd would hide which classes it is made of.
  const marked = markedClasses(classNames, indices);
  const marks = at.map(([x, y], i) =>
    classMark(marked.marks[i]!, x + side / 2, y - side / 2, MARK),
  );
  const shares = explainedVariance.map(percent);
  const legend = drawMarksLegend(marked, labels ? 'is' : 'is taken for', PLOT.height + LINE_HEIGHT);
  const text = `<text x="${PLOT.width / 2}" y="${PLOT.height + LINE_HEIGHT - 5}" text-anchor="middle">first component: ${shares[0]} of the variance</text><text transform="translate(-8 ${PLOT.height / 2}) rotate(-90)" text-anchor="middle">second component: ${shares[1]}</text>`;
  return svgCard({
    width: PLOT.width + LINE_HEIGHT,
    height: PLOT.height + LINE_HEIGHT + legend.height,
    title: `${files.length} pictures in two dimensions, which hold ${shares[0]} and ${shares[1]} of the variance: ${counted(marked)}`,
    content:
      `<defs><image id="pictures" width="${sheet.width}" height="${sheet.height}" href="${sheet.uri}" preserveAspectRatio="none"/></defs>` +
      `<g transform="translate(${LINE_HEIGHT} 0)"><rect width="${PLOT.width}" height="${PLOT.height}" fill="none" stroke="#d0d0d0"/>${thumbnails.join('')}${marks.join('')}${text}${legend.svg}</g>`,
  });
}

/**
 * Shows pictures as the last layer of a network sees them under the running notebook cell, stored in the notebook with an
 * alternative text.
 *
 * @param classifier as for {@link drawEmbedding}
 * @param files as for {@link drawEmbedding}
 * @param options as for {@link drawEmbedding}
 * @throws what {@link drawEmbedding} throws, and Error outside a notebook
 *
 * @example
 * await showEmbedding(classifier, dataset.filePaths, { labels: dataset.labels });
 */
export const showEmbedding = showing(drawEmbedding);

function checkFiles(files: readonly string[]): void {
  if (Array.isArray(files) && files.length >= 2 && files.length <= MOST_PICTURES) return;
  const got = Array.isArray(files) ? files.length : show(files);
  throw new RangeError(
    `${ACTION}: the paths of 2 to ${MOST_PICTURES} pictures are required, got ${got}`,
  );
}

/** All thumbnails as one picture: two hundred files would have two hundred headers. */
async function thumbnailSheet(classifier: Classifier, files: readonly string[]) {
  const { default: sharp } = await import('sharp');
  const columns = Math.ceil(Math.sqrt(files.length));
  const side = STORED_THUMBNAIL;
  const thumbnails: RgbPicture[] = [];
  for (const file of files) {
    const { pixels, width, height } = await pictureFor(classifier, file);
    const thumbnail = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .resize(side, side, { fit: 'fill' })
      .raw()
      .toBuffer();
    thumbnails.push({ pixels: thumbnail, width: side, height: side });
  }
  const sheet = sheetOf(thumbnails, columns);
  const { width, height } = sheet;
  return {
    ...{ width, height },
    uri: await storedPicture(sheet, Math.max(width, height), MOST_BYTES * 0.8),
    viewBox: (i: number) =>
      `${(i % columns) * side} ${Math.floor(i / columns) * side} ${side} ${side}`,
  };
}

/** Each point's middle in the plot: both components on the same scale, so that distances can be compared. */
function positions(points: ReadonlyArray<[number, number]>): Array<[number, number]> {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [width, height] = [PLOT.width - 2 * MARGIN, PLOT.height - 2 * MARGIN];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(width / (right - left || 1e-9), height / (high - low || 1e-9));
  return points.map(([x, y]) => [
    PLOT.width / 2 + (x - (left + right) / 2) * scale,
    PLOT.height / 2 - (y - (low + high) / 2) * scale,
  ]);
}

function drawMarksLegend({ names, others }: MarkedClasses, verb: string, top: number) {
  let [x, y] = [0, top + LINE_HEIGHT];
  const texts = [...names, ...(others > 0 ? [`one of ${others} others`] : [])];
  const entries = texts.map((text, index) => {
    const [line = ''] = wrapLabel(`${verb} ${text}`, LEGEND_EM, 1);
    const width = 2 * MARK + 8 + line.length * FONT_SIZE * 0.62 + 20;
    if (x > 0 && x + width > PLOT.width) [x, y] = [0, y + LINE_HEIGHT];
    const entry = `${classMark(index, x + MARK, y - 5, MARK)}<text x="${x + 2 * MARK + 8}" y="${y}">${escapeXml(line)}</text>`;
    x += width;
    return entry;
  });
  return { svg: entries.join(''), height: y - top + 6 };
}

function counted({ names, others, marks }: MarkedClasses): string {
  const count = (mark: number) => marks.filter((one) => one === mark).length;
  const counts = names.map((name, mark) => `${count(mark)} ${name}`);
  if (others > 0) counts.push(`${count(names.length)} of ${others} other classes`);
  return counts.join(', ');
}
