import { dashboard } from '../../../scripts/bench/measures/dashboard';
import { type Answers, type Measure, rowOf } from '../../../scripts/bench/measure';
import { notebookPictures } from '../../../scripts/bench/measures/notebook';

const rowsOf = (measure: Measure, answers: Answers) =>
  measure.figures(false).map((figure) => rowOf(figure, answers));

/** What a cell leaves that trains for two epochs, 2 s. */
function training(inCallbacks: number, charts: [epoch: number, at: number][]) {
  const epochs = [
    { epoch: 1, at: 1000 },
    { epoch: 2, at: 2000 },
  ];
  const drawn = charts.map(([epoch, at]) => ({
    at,
    text: `<svg aria-label="Training curve over ${epoch} epochs: accuracy`,
  }));
  const told = { at: 2100, text: JSON.stringify({ seconds: 2, inCallbacks, epochs }) };
  return { seconds: 2.5, outputs: [...drawn, told] };
}
const cell = (seconds: number) => ({ seconds, outputs: [] });

test('notebook-pictures tells the latest chart, the share of the callbacks, and the first Grad-CAM', () => {
  const shown = training(0.03, [
    [1, 1050],
    [2, 2150],
  ]);
  const gradCams = [0.3, 0.1, 0.2, 0.15].map(cell);
  const kernel = [{ cells: [shown, ...gradCams, training(0, []), shown] }];
  const rows = rowsOf(notebookPictures, { kernel });
  // 2150 − 2000 ms; 0.03 of 2 s.
  expect(rows.map(({ values }) => values)).toEqual([[0.15], [1.5], [0.3]]);
  expect(rows.map(({ context }) => context?.values)).toEqual([
    { 'the median epoch': [0.1] },
    { 'trained with it': [2], without: [2] },
    { 'the next three': [0.15] },
  ]);
  expect(rows.every(({ isSeen }) => isSeen)).toBe(true);
});

test('notebook-pictures does without the trainings in turns, which --quick leaves out', () => {
  const shown = training(0.03, [[2, 2010]]);
  const kernel = [{ cells: [shown, ...[0.3, 0.1, 0.2, 0.15].map(cell)] }];
  const [, progress] = rowsOf(notebookPictures, { kernel });
  expect(progress?.context).toBeUndefined();
});

test('notebook-pictures does not take a training whose last chart never came', () => {
  const kernel = [{ cells: [training(0.03, [[1, 1010]]), ...[1, 1, 1, 1].map(cell)] }];
  expect(() => rowsOf(notebookPictures, { kernel })).toThrow('epoch 2 was seen');
});

test('dashboard tells first paint, the latest epoch in the list and in the curves, and the longest silence', () => {
  const browser = [
    {
      ...{ firstPaint: 0.1, allCurves: 0.8, busyOpening: 0.15, busyFollowing: 0.06 },
      numbers: { median: 0.3, greatest: 0.6 },
      points: { median: 0.9, greatest: 1.8 },
    },
  ];
  const rows = rowsOf(dashboard, { browser });
  expect(rows.map(({ values, must }) => [...values, must])).toEqual([
    [0.1, 1],
    [0.6, 1],
    [1.8, 2],
    [0.06, 0.2],
  ]);
});
