import { runsLegend } from '../../../src/display/charts/runsLegend';
import { trainingRuns } from '../../../src/display/charts/trainingRuns';

const rowsOf = (svg: string) =>
  [...svg.matchAll(/<g transform="translate\((\d+) (\d+)\)">/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);

test('runsLegend() sets names side by side, and on the next row where they do not fit', () => {
  const history = { loss: [1] };
  const short = runsLegend(trainingRuns({ a: history, b: history }), 500);
  const [first, second] = rowsOf(short.svg) as [number[], number[]];
  expect(first[1]).toBe(second[1]);
  expect(second[0]).toBeGreaterThan(first[0]!);
  const long = { ['a long name '.repeat(3)]: history, ['another one '.repeat(3)]: history };
  const wrapped = runsLegend(trainingRuns(long), 500);
  expect(rowsOf(wrapped.svg).map(([x]) => x)).toEqual([0, 0]);
  expect(wrapped.height).toBe(2 * short.height);
});

test('runsLegend() says what dotted means only where there is a validation', () => {
  const training = runsLegend(trainingRuns({ a: { loss: [1] } }), 500);
  expect(training.svg).not.toContain('validation');
  const both = runsLegend(trainingRuns({ a: { loss: [1], val_loss: [1] } }), 500);
  expect(both.svg).toContain('>validation</text>');
  expect(both.height).toBe(2 * training.height);
});

test('runsLegend() names the lines of one run', () => {
  const { svg } = runsLegend(trainingRuns({ loss: [1], val_loss: [1] }), 500);
  expect(rowsOf(svg)).toHaveLength(2);
  expect(svg).toMatch(/>training<.*>validation</);
});
