import { MARKS } from './marks';
import { isOnlyOne, type ChartedRun } from './trainingRuns';
import type { TrainingSeries } from './trainingSeries';

/** How one line is drawn. */
export interface Look {
  colour: string;
  /** One of `MARKS`. */
  mark: string;
  /** Lengths of dashes and gaps in CSS pixels; none for a solid line. */
  dash?: readonly number[];
}

// Two of Okabe and Ito's colours, distinguished with every kind of colour blindness (https://jfly.uni-koeln.de/color/);
// the mark says it once more, for a black-and-white print.
const DATA: Record<TrainingSeries['data'], Look> = {
  training: { colour: '#0072B2', mark: MARKS.circle },
  validation: { colour: '#D55E00', mark: MARKS.diamond },
};

/**
 * How the runs look in a chart that compares several: in Okabe and Ito's colours that are dark enough for lines on white
 * (3 : 1), their purple darkened and a brown added.
 */
export const RUN_LOOKS: readonly Look[] = [
  { colour: '#0072B2', mark: MARKS.circle },
  { colour: '#D55E00', mark: MARKS.diamond },
  { colour: '#009E73', mark: MARKS.square },
  { colour: '#A8417F', mark: MARKS.triangle },
  { colour: '#222222', mark: MARKS.cross },
  { colour: '#5A2A00', mark: MARKS.triangleDown },
];

/** Of several runs, how training is distinguished from validation. */
export const TRAINING_DASH: readonly number[] = [2, 3];

/**
 * How a line is drawn: of one run colour and mark distinguish training from validation; of several they distinguish the runs,
 * and what training recorded is dotted where there is a validation.
 *
 * @param runs all that share the chart
 * @param index of the run that the line belongs to
 * @param data that the line shows
 *
 * @example
 * lookOf(trainingRuns({ loss: [0.7], val_loss: [0.8] }), 0, 'validation').colour; // '#D55E00'
 */
export function lookOf(
  runs: readonly ChartedRun[],
  index: number,
  data: TrainingSeries['data'],
): Look {
  if (isOnlyOne(runs)) return DATA[data];
  const look = RUN_LOOKS[index]!;
  return data === 'training' && hasValidation(runs) ? { ...look, dash: TRAINING_DASH } : look;
}

/** Whether any of the runs was measured on pictures that it was not trained on. */
export function hasValidation(runs: readonly ChartedRun[]): boolean {
  return runs.some(({ series }) => series.some(({ data }) => data === 'validation'));
}
