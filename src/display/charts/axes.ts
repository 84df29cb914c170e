import { escapeXml } from '../svg/escapeXml';
import { tenths } from '../svg/rounded';
import { FONT_SIZE, INK } from '../svg/svgCard';
import { textWidth } from '../svg/wrapLabel';

/** What an x-axis takes below the panel: numbers and title, in CSS pixels. */
export const BELOW_AXIS = 46;

const GRID = '#e4e4e4';
const TICK = 5; // CSS pixels, as all below
const GAP = 7;

/** A number at an axis. */
export interface Tick {
  /** CSS pixels from the panel's left or upper edge. */
  at: number;
  /** Empty for a line or a stroke alone. */
  text: string;
}

/** One of a panel's two axes. */
export interface Axis {
  title: string;
  ticks: readonly Tick[];
}

/** Both axes, and how large the panel between them is in CSS pixels. */
export interface Axes {
  width: number;
  height: number;
  x: Axis;
  /** Left out where lines of text stand beside what is drawn. */
  y?: Axis;
}

/**
 * Draws the axes of a panel with its upper left corner at (0, 0): strokes, numbers and titles, and lines across for y.
 *
 * @param axes what stands at them
 * @param left room for y's numbers and title, at least {@link roomLeft}, in CSS pixels
 *
 * @example
 * const x = { title: 'epoch', ticks: [{ at: 250, text: '1' }] };
 * drawAxes({ width: 500, height: 140, x, y: { title: 'loss', ticks: [{ at: 140, text: '0' }] } }, 62);
 */
export function drawAxes({ width, height, x, y }: Axes, left: number): string {
  const baseline = Math.round(FONT_SIZE / 3);
  const rows = (y?.ticks ?? []).map(
    ({ at, text }) =>
      `<path d="M0 ${tenths(at)}h${width}" stroke="${GRID}"/><path d="M0 ${tenths(at)}h-${TICK}" stroke="${INK}"/>` +
      written(text, `x="${-GAP}" y="${tenths(at + baseline)}" text-anchor="end"`),
  );
  const columns = x.ticks.map(
    ({ at, text }) =>
      `<path d="M${tenths(at)} ${height}v${TICK}" stroke="${INK}"/>` +
      written(text, `x="${tenths(at)}" y="${height + 19}" text-anchor="middle"`),
  );
  return [
    ...rows,
    ...columns,
    `<path d="M0 ${y === undefined ? height : 0}V${height}H${width}" fill="none" stroke="${INK}"/>`,
    written(x.title, `x="${width / 2}" y="${height + 38}" text-anchor="middle"`),
    written(
      y?.title ?? '',
      `transform="translate(${FONT_SIZE - 3 - left} ${height / 2}) rotate(-90)" text-anchor="middle"`,
    ),
  ].join('');
}

/** How many CSS pixels the numbers and the title of a y-axis take, beside each other. */
export function roomLeft({ ticks }: Axis): number {
  const widest = Math.max(0, ...ticks.map(({ text }) => textWidth(text)));
  return Math.ceil(GAP + (widest + 1.4) * FONT_SIZE);
}

function written(text: string, attributes: string): string {
  return text === '' ? '' : `<text ${attributes}>${escapeXml(text)}</text>`;
}
