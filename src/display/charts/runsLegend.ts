import { escapeXml } from '../svg/escapeXml';
import { INK } from '../svg/svgCard';
import { textWidth, wrapLabel } from '../svg/wrapLabel';
import { hasValidation, runLook, TRAINING_DASH } from './trainingLooks';
import type { RecordedRun } from './trainingRuns';

const SAMPLE = 28; // CSS pixels of a line beside its name
const GAP = 20;

/**
 * Draws the names of runs that share a chart, each beside a sample of its line, and what dotted means.
 *
 * @param runs with names, any text; a long one is cut
 * @param size of the text in CSS pixels
 * @param width that the legend may take, in CSS pixels
 * @returns SVG elements, drawn from (0, 0), and their height
 *
 * @example
 * const { svg, height } = runsLegend(trainingRuns({ loss: [0.7, 0.1] }), 15, 500);
 */
export function runsLegend(
  runs: readonly RecordedRun[],
  size: number,
  width: number,
): { svg: string; height: number } {
  const items = runs.map(({ name = '' }, place) => {
    const { colour, shape } = runLook(place);
    const sample =
      line(colour) + `<path transform="translate(14 0) scale(4.5)" d="${shape}" fill="${colour}"/>`;
    return { name, sample };
  });
  const styles = hasValidation(runs)
    ? [
        { name: 'validation', sample: line(INK) },
        { name: 'training', sample: line(INK, TRAINING_DASH) },
      ]
    : [];
  const lineHeight = Math.round(size * 1.5);
  let row = -1;
  const elements = [items, styles].flatMap((group) => {
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
    svg: `<g font-size="${size}">${elements.join('')}</g>`,
    height: (row + 1) * lineHeight,
  };
}

function line(colour: string, dash?: readonly number[]): string {
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  return `<path d="M0,0H${SAMPLE}" stroke="${colour}" stroke-width="2"${dashes}/>`;
}
