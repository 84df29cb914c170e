/** Where a training stands, after a batch or at the end of an epoch. */
export interface Progress {
  /** Counted from 1. */
  epoch: number;
  epochs: number;
  /** Batches of this epoch that are done. */
  step: number;
  /** Batches of an epoch; undefined where the data set does not know its length. */
  steps: number | undefined;
  loss: number;
  /** In 0–1; undefined where the model logs none. */
  accuracy: number | undefined;
  /** Of the validation, at the end of an epoch that had one. */
  validation?: { loss: number; accuracy: number | undefined };
  /** Milliseconds since the epoch's start. */
  elapsed: number;
  /** Of them those of the training's first step, for which the graph is made; none once that epoch is over. */
  warmUp?: number;
}

/** Characters that a bar has where there is room. */
const FULL_BAR = 20;

/** Characters of a bar in which progress can still be seen. */
const SHORTEST_BAR = 5;

/** How much of an epoch is shown. */
interface Form {
  /** Characters; none for 0. */
  bar: number;
  /** Behind the point. */
  digits: number;
  hasSpeed: boolean;
  accuracy: 'accuracy' | 'acc';
}

const WHOLE: Form = { bar: FULL_BAR, digits: 4, hasSpeed: true, accuracy: 'accuracy' };

/** Where even the shortest bar is too long: the widest first. */
const NARROW = [
  { ...WHOLE, bar: 0 },
  { ...WHOLE, bar: 0, digits: 2 },
  { ...WHOLE, bar: 0, digits: 2, hasSpeed: false },
];
const NARROWEST: Form = { bar: 0, digits: 2, hasSpeed: false, accuracy: 'acc' };

/**
 * One line about an epoch: bar, steps, loss, accuracy, those of the validation where there was one, and ms per step.
 *
 * @param room characters that fit, any number when left out: the bar gives way to the numbers, then digits, speed and whole
 * words do; what is too long even so is left as it is
 *
 * @example
 * formatProgress({ epoch: 3, epochs: 15, step: 8, steps: 8, loss: 0.52, accuracy: 0.8, elapsed: 640 });
 * // 'Epoch  3/15 ━━━━━━━━━━━━━━━━━━━━ 8/8 · loss 0.5200 · accuracy 0.8000 · 80 ms/step'
 */
export function formatProgress(progress: Progress, room = Infinity): string {
  const line = inForm(progress, WHOLE);
  const bar = FULL_BAR - Math.max(0, line.length - room);
  if (bar >= SHORTEST_BAR) return inForm(progress, { ...WHOLE, bar });
  const lines = NARROW.map((form) => inForm(progress, form));
  return lines.find(({ length }) => length <= room) ?? inForm(progress, NARROWEST);
}

function inForm(progress: Progress, { bar, digits, hasSpeed, accuracy }: Form): string {
  const { epoch, epochs, step, steps, validation, elapsed } = progress;
  const done = steps === undefined ? 0 : Math.round((bar * step) / steps);
  const drawn = bar === 0 ? '' : `${'━'.repeat(done)}${'╌'.repeat(bar - done)} `;
  const metrics = (of: '' | 'val_', measured: NonNullable<Progress['validation']>) => [
    `${of}loss ${measured.loss.toFixed(digits)}`,
    ...(measured.accuracy === undefined
      ? []
      : [`${of}${accuracy} ${measured.accuracy.toFixed(digits)}`]),
  ];
  return [
    `Epoch ${String(epoch).padStart(String(epochs).length)}/${epochs} ` +
      (steps === undefined ? `${step}` : `${drawn}${step}/${steps}`),
    ...metrics('', progress),
    ...(validation ? metrics('val_', validation) : []),
    ...(hasSpeed ? [`${step === 0 ? '–' : Math.round(elapsed / step)} ms/step`] : []),
  ].join(' · ');
}

/**
 * The time that the training still needs if every step takes as long as those of this epoch did, but for a training's
 * first one, which may take a hundred times as long as another.
 *
 * @returns such as "12 s left" or "3 min left"; empty where it cannot be known
 */
export function formatTimeLeft(progress: Progress): string {
  const { epoch, epochs, step, steps, elapsed, warmUp } = progress;
  const measured = warmUp === undefined ? step : step - 1;
  if (steps === undefined || measured <= 0) return '';
  const stepsLeft = steps - step + (epochs - epoch) * steps;
  const seconds = Math.ceil((stepsLeft * (elapsed - (warmUp ?? 0))) / measured / 1000);
  return seconds < 60 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}
