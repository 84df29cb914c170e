import { escapeXml } from '../svg/escapeXml';
import { FONT_SIZE, INK } from '../svg/svgCard';
import { textWidth, wrapLabel } from '../svg/wrapLabel';
import { markPath } from './marks';
import { hasValidation, type Look, lookOf, RUN_LOOKS, TRAINING_DASH } from './trainingLooks';
import { isOnlyOne, type ChartedRun } from './trainingRuns';

const DATA = ['training', 'validation'] as const;

const SAMPLE = 28; // CSS pixels of a line beside its name
const GAP = 20;

/**
 * Draws the names of runs that share a chart, each beside a sample of its line, and what dotted means; of one run, which
 * line is which.
 *
 * @param runs one, or several with names, any text; a long one is cut
 * @param width that the legend may take, in CSS pixels
 * @returns SVG elements, drawn from (0, 0), and their height
 *
 * @example
 * const { svg, height } = runsLegend(trainingRuns({ loss: [0.7, 0.1] }), 500);
 */
export function runsLegend(
  runs: readonly ChartedRun[],
  width: number,
): { svg: string; height: number } {
  const isOne = isOnlyOne(runs);
  const items = isOne
    ? DATA.map((data) => ({ name: data, sample: sampleOf(lookOf(runs, 0, data)) }))
    : runs.map(({ name = '' }, index) => ({ name, sample: sampleOf(RUN_LOOKS[index]!) }));
  const styles =
    !isOne && hasValidation(runs)
      ? [
          { name: 'validation', sample: line(INK) },
          { name: 'training', sample: line(INK, TRAINING_DASH) },
        ]
      : [];
  return drawLegend([items, styles], width);
}

/**
 * Draws names, each beside a sample of what it names.
 *
 * @param groups each begins a row of its own
 * @param width that the legend may take, in CSS pixels
 * @returns SVG elements, drawn from (0, 0), and their height
 *
 * @example
 * drawLegend([[{ name: 'training', sample: sampleOf({ colour: '#0072B2', mark: MARKS.circle }) }]], 500);
 */
export function drawLegend(
  groups: readonly (readonly { name: string; sample: string }[])[],
  width: number,
): { svg: string; height: number } {
  const size = FONT_SIZE;
  const lineHeight = Math.round(size * 1.5);
  let row = -1;
  const elements = groups.flatMap((group) => {
    let x = Infinity; // each group on a row of its own
    return group.map(({ name, sample }) => {
      const [label = ''] = wrapLabel(name.replace(/\s+/g, ' '), (width - SAMPLE - 6) / size, 1);
      const taken = SAMPLE + 6 + textWidth(label) * size;
      if (x + taken > width) [x, row] = [0, row + 1];
      const y = (row + 0.5) * lineHeight;
      const drawn =
        `<g transform="translate(${Math.round(x)} ${Math.round(y)})">${sample}` +
        `<text x="${SAMPLE + 6}" y="${Math.round(size * 0.35)}">${escapeXml(label)}</text></g>`;
      x += taken + GAP;
      return drawn;
    });
  });
  return {
    svg: elements.join(''),
    height: (row + 1) * lineHeight,
  };
}

/** A piece of a line with its mark. */
export function sampleOf({ colour, mark }: Look): string {
  return `${line(colour)}<path d="${markPath(mark, SAMPLE / 2, 0, 4.4)}" fill="${colour}"/>`;
}

function line(colour: string, dash?: readonly number[]): string {
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  return `<path d="M0,0H${SAMPLE}" stroke="${colour}" stroke-width="2"${dashes}/>`;
}
