import type { MeasuredPicture } from './evaluation';
import { predictedIndex } from './probabilitiesOf';
import { shareOf } from './shareOf';

/** Pictures of which a model was about equally sure. */
export interface CalibrationBin {
  /** How sure it was in the mean, in 0–1. */
  confidence: number;
  /** The share of them that it had right. */
  accuracy: number;
  /** How many there are. */
  count: number;
}

/** Whether a model is right as often as it is sure. */
export interface Calibration {
  /** How far sureness and accuracy lie apart in the mean over the pictures, in 0–1; NaN where outputs are no probabilities. */
  calibrationError: number;
  /** The bins that have pictures, the least sure first; none where outputs are no probabilities. */
  calibration: CalibrationBin[];
}

/** Bins of equal width: (0, 0.1], (0.1, 0.2] … (0.9, 1]. */
const BINS = 10;
/** What float32 may leave 0–1 by. */
const TOLERANCE = 1e-5;

/**
 * The expected calibration error, and what a reliability diagram shows: pictures are sorted into ten bins by the probability
 * of the class that they were taken for, and in each bin that is compared with the share that is right.
 *
 * The bins are those of scikit-learn's `calibration_curve`. Source: Guo et al., On calibration of modern neural networks,
 * ICML 2017, equation 3.
 *
 * @param answers what a model has given; one output is the probability of the second class
 */
export function calibrationOf(answers: readonly MeasuredPicture[]): Calibration {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0, count: 0 }));
  for (const { label, outputs } of answers) {
    const index = predictedIndex(outputs);
    const [only = NaN] = outputs;
    const sure = outputs.length === 1 ? Math.max(only, 1 - only) : outputs[index]!;
    if (!(sure >= -TOLERANCE && sure <= 1 + TOLERANCE)) {
      return { calibrationError: NaN, calibration: [] };
    }
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(sure * BINS) - 1))]!;
    bin.confidence += sure;
    bin.right += Number(index === label);
    bin.count += 1;
  }
  const filled = bins.filter(({ count }) => count > 0);
  const gaps = filled.map(({ confidence, right }) => Math.abs(right - confidence));
  return {
    calibrationError: shareOf(
      gaps.reduce((sum, gap) => sum + gap, 0),
      answers.length,
    ),
    calibration: filled.map(({ confidence, right, count }) => ({
      confidence: confidence / count,
      accuracy: right / count,
      count,
    })),
  };
}
