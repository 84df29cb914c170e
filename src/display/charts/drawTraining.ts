import { escapeXml } from '../svg/escapeXml';
import { FONT_SIZE, svgCard } from '../svg/svgCard';
import { textWidth, wrapLabel } from '../svg/wrapLabel';
import { BELOW_AXIS, drawAxes, roomLeft } from './axes';
import { describeTraining, gapsOf } from './describeTraining';
import { runsLegend } from './runsLegend';
import { hasValidation } from './trainingLooks';
import { CHART_WIDTH, type PanelContent, trainingPanel } from './trainingPanel';
import { isOnlyOne, type ChartedRun } from './trainingRuns';

/** What a drawing of trainings holds; the threshold is an accuracy, 0–1. */
export interface TrainingDrawing extends Omit<PanelContent, 'metric'> {
  /** A heading over the picture. */
  heading?: string | undefined;
}

const HEADING_SIZE = 18;
const MAX_LINES = 3; // of the heading, and of a note
const MAX_NOTES = 8;
const SPACING = 16; // CSS pixels between panels
const LEFT = 62; // CSS pixels for most numbers, so that a chart that grows stays in its place

/**
 * Draws trainings on a white card: the accuracy's panel over the loss's, the names of the lines above them, and below them
 * in words what cannot be drawn as a line. Of a training that goes on it takes a millisecond, and under 40 kB however many
 * epochs there are.
 *
 * @param drawing what to draw; without a series only the words
 * @returns a self-contained SVG document
 *
 * @example
 * const runs = trainingRuns({ loss: [0.7, 0.1] });
 * drawTraining({ runs, firstEpoch: 1, lastEpoch: 2 });
 */
export function drawTraining(drawing: TrainingDrawing): string {
  const { runs, firstEpoch, lastEpoch, heading } = drawing;
  const metrics = (['accuracy', 'loss'] as const).filter((metric) =>
    runs.some(({ series }) => series.some((one) => one.metric === metric)),
  );
  const threshold = metrics[0] === 'accuracy' ? drawing.threshold : undefined;
  const panels = metrics.map((metric) =>
    trainingPanel({
      ...{ metric, runs, firstEpoch, lastEpoch },
      threshold: metric === 'accuracy' ? threshold : undefined,
    }),
  );
  const left = panels.length === 0 ? 0 : Math.max(LEFT, ...panels.map(({ y }) => roomLeft(y)));
  const right = threshold === undefined ? SPACING : 4 + textWidth(String(threshold)) * FONT_SIZE;
  const width = left + CHART_WIDTH + (panels.length === 0 ? 0 : Math.ceil(right));

  const parts: string[] = [];
  let y = 0;
  const put = (text: string, x: number, size: number, weight = 'normal') => {
    for (const line of wrapLabel(text, (width - x) / size, MAX_LINES)) {
      y += Math.round(size * 1.5);
      parts.push(
        `<text x="${x}" y="${y - size / 2}" font-size="${size}" font-weight="${weight}">${escapeXml(line)}</text>`,
      );
    }
  };
  if (heading !== undefined) put(heading, 0, HEADING_SIZE, 'bold');
  if (!isOnlyOne(runs) || hasValidation(runs)) {
    const legend = runsLegend(runs, CHART_WIDTH);
    parts.push(`<g transform="translate(${isOnlyOne(runs) ? left : 0} ${y})">${legend.svg}</g>`);
    y += legend.height;
  }
  for (const panel of panels) {
    y += y === 0 ? SPACING / 2 : SPACING;
    parts.push(`<g transform="translate(${left} ${y})">${drawAxes(panel, left)}${panel.lines}</g>`);
    y += panel.height + BELOW_AXIS;
  }
  for (const note of notesOf(drawing)) put(note, left, FONT_SIZE);
  const dashed = threshold === undefined ? '' : `; a dashed line marks the accuracy ${threshold}`;
  const title = `${heading === undefined ? '' : `${heading}: `}${describe(runs)}${dashed}`;
  return svgCard({ width, height: y, title, content: parts.join('') });
}

function describe(runs: readonly ChartedRun[]): string {
  const recorded = runs.map((run) => ({
    ...run,
    series: run.series.filter(({ values }) => values.length > 0),
  }));
  const isFrame = runs.some(({ series }) => series.length > 0);
  return isFrame && recorded.every(({ series }) => series.length === 0)
    ? 'Training curve before the end of the first epoch'
    : describeTraining(recorded);
}

function notesOf({ runs }: TrainingDrawing): string[] {
  const notes = gapsOf(runs).map(({ sign, text }) => `${sign} ${text}`.trim());
  const more = notes.length - MAX_NOTES;
  return [...notes.slice(0, MAX_NOTES), ...(more > 0 ? [`… and ${more} more of this kind`] : [])];
}
