import { escapeXml } from '../svg/escapeXml';
import { hundredths } from '../svg/rounded';
import { FONT_SIZE, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { percent } from './percent';
import type { TopProbabilities } from './topProbabilities';
import { drawVerdict, VERDICT_COLOURS } from './drawVerdict';
import type { StoredPicture } from './withPictures';

const COLUMNS = 2;
const BOX = 120;
const BARS = { left: BOX + 14, width: 200 };
const GAP = { column: 28, row: 20 };
const ROW = 34;
const BAR_HEIGHT = 10;
const TICK = 18; // CSS pixels before the name of the true class
const PERCENT_EM = 4.5; // '100.0 %' and a gap
const OTHER = '#767676'; // contrast 4.5 : 1 on the card
const TRACK = '#e4e4e4';

/**
 * Lays pictures out in two columns on a white card, each with the bars of its probabilities beside it.
 *
 * @param stored the pictures, and in the same order their answers
 * @param title what the grid shows, for readers who cannot see it
 * @returns a self-contained SVG document
 *
 * @example
 * predictionGrid([{ uri, aspect: 1 }], [topProbabilities([0.9], ['happy', 'sad'])], 'sad');
 */
export function predictionGrid(
  stored: readonly StoredPicture[],
  answers: readonly TopProbabilities[],
  title: string,
): string {
  const columns = Math.min(COLUMNS, stored.length);
  const width = BARS.left + BARS.width;
  const elements: string[] = [];
  let top = 0;
  for (let first = 0; first < stored.length; first += columns) {
    const row = answers.slice(first, first + columns);
    row.forEach((answer, column) => {
      const x = column * (width + GAP.column);
      elements.push(
        `<g transform="translate(${x} ${top})">${drawEntry(stored[first + column]!, answer)}</g>`,
      );
    });
    top += Math.max(BOX, ...row.map(barsHeight)) + GAP.row;
  }
  return svgCard({
    width: columns * (width + GAP.column) - GAP.column,
    height: top - GAP.row,
    title,
    content: elements.join(''),
  });
}

function barsHeight({ bars, others }: TopProbabilities): number {
  return bars.length * ROW + (others.count > 0 ? 20 : 0);
}

function drawEntry({ uri, aspect }: StoredPicture, answer: TopProbabilities): string {
  const width = hundredths(BOX * Math.min(1, aspect));
  const height = hundredths(BOX / Math.max(1, aspect));
  const box = { x: hundredths((BOX - width) / 2), y: 0, width, height };
  const { bars, others, isRight } = answer;
  const drawn = bars.map((bar, i) => drawBar(bar, i, isRight));
  const rest =
    others.count === 0
      ? ''
      : `<text x="${BARS.left}" y="${bars.length * ROW + 14}">${others.count === 1 ? 'one other' : `${others.count} others`}</text>` +
        percentText(others.probability, bars.length * ROW + 14);
  return (
    `<image x="${box.x}" y="0" width="${width}" height="${height}" href="${uri}"/>` +
    (isRight === undefined ? '' : drawVerdict(isRight, box)) +
    drawn.join('') +
    rest
  );
}

function drawBar(
  { name, probability, isTrue }: TopProbabilities['bars'][number],
  rank: number,
  isRight: boolean | undefined,
): string {
  const isAnswer = rank === 0;
  const colour =
    isTrue || (isAnswer && isRight === undefined)
      ? VERDICT_COLOURS.right
      : isAnswer
        ? VERDICT_COLOURS.wrong
        : OTHER;
  const [y, base] = [rank * ROW + 18, rank * ROW + 13];
  const tick = isTrue && isRight !== undefined ? drawTick(BARS.left, base) : '';
  const indent = tick === '' ? 0 : TICK;
  const room = (BARS.width - indent) / FONT_SIZE - PERCENT_EM;
  const [label = ''] = wrapLabel(name.replace(/\s+/g, ' '), room, 1);
  const length = hundredths(BARS.width * Math.min(1, Math.max(0, probability)));
  return (
    tick +
    `<text x="${BARS.left + indent}" y="${base}"${isAnswer ? ' font-weight="bold"' : ''}>${escapeXml(label)}</text>` +
    percentText(probability, base, isAnswer) +
    `<rect x="${BARS.left}" y="${y}" width="${BARS.width}" height="${BAR_HEIGHT}" fill="${TRACK}"/>` +
    `<rect x="${BARS.left}" y="${y}" width="${length}" height="${BAR_HEIGHT}" fill="${colour}"/>`
  );
}

/** Says which class is the true one, also where the picture carries a cross. */
function drawTick(x: number, base: number): string {
  const stroke = `stroke="${VERDICT_COLOURS.right}" stroke-width="2.5" fill="none"`;
  return `<path transform="translate(${x + 6} ${base - 5})" d="M-5,0L-1.5,4L5,-4" ${stroke}/>`;
}

function percentText(probability: number, y: number, isBold = false): string {
  return `<text x="${BARS.left + BARS.width}" y="${y}" text-anchor="end"${isBold ? ' font-weight="bold"' : ''}>${percent(probability)}</text>`;
}
