import { drawTraining } from '../../../src/display/charts/drawTraining';
import type { TrainingSeries } from '../../../src/display/charts/trainingSeries';

const of = (
  metric: TrainingSeries['metric'],
  values: number[],
  data: TrainingSeries['data'] = 'training',
): TrainingSeries => ({ metric, data, values });

/** Where the points of the lines are, of each path that is drawn 2 pixels wide without a fill. */
function linesOf(svg: string): string[] {
  return [...svg.matchAll(/<path d="([^"]*)" fill="none" stroke="#[^"]*" stroke-width="2" /g)].map(
    ([, path = '']) => path,
  );
}

test('drawTraining() draws accuracy over loss, with room for the epochs to come', () => {
  const svg = drawTraining({
    runs: [{ series: [of('accuracy', [0.5, 1]), of('loss', [0.8, 0.4])] }],
    firstEpoch: 1,
    lastEpoch: 5,
    threshold: 0.999,
  });
  // 500 pixels for 5 epochs: their middles are 50, 150 …; 200 pixels for the accuracy, 140 for a loss up to 0.8.
  expect(linesOf(svg)).toEqual(['M50 100L150 0', 'M50 0L150 70']);
  expect(svg).toContain('>0.999</text>');
  expect(svg).toMatch(
    /aria-label="Training curve over 2 epochs: accuracy rises from 0\.500 to 1\.000, loss falls from 0\.800 to 0\.400; a dashed line marks the accuracy 0\.999"/,
  );
});

test('drawTraining() shows the frame before the first epoch has ended', () => {
  const svg = drawTraining({ runs: [{ series: [of('loss', [])] }], firstEpoch: 6, lastEpoch: 8 });
  expect([...svg.matchAll(/text-anchor="middle">([^<]*)</g)].map(([, text]) => text)).toEqual([
    '6',
    '7',
    '8',
    'epoch',
    'loss',
  ]);
  expect(svg).toContain('aria-label="Training curve before the end of the first epoch"');
});

test('drawTraining() breaks the line at values that are NaN or infinite, shows them at the edge, and says so', () => {
  const svg = drawTraining({
    runs: [{ series: [of('loss', [1, NaN, 0.5, Infinity, -Infinity])] }],
    firstEpoch: 1,
    lastEpoch: 5,
  });
  expect(linesOf(svg)).toEqual(['M50 0M250 70']);
  const signs = /<path d="(M146[^"]*)" fill="none"/.exec(svg)?.[1];
  expect(signs).toBe('M146 3l8 8M154 3l-8 8M345 11h10l-5 -9zM445 129h10l-5 9z');
  expect(svg).toContain('× loss is NaN in 1 of 5 epochs, first in epoch 2');
  expect(svg).toContain('▲ loss is ∞ in 1 of 5 epochs, first in epoch 4');
});

test.each([0, -3, 1e-9, 1e30, 5e-324])('drawTraining() finds room for a loss of %p', (loss) => {
  const svg = drawTraining({
    runs: [{ series: [of('loss', [loss])] }],
    firstEpoch: 1,
    lastEpoch: 1,
  });
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test('drawTraining() stays small with 20,000 epochs', () => {
  const values = Array.from({ length: 20_000 }, (_, i) => 1 / (1 + i));
  const svg = drawTraining({
    runs: [{ series: [of('loss', values), of('loss', values, 'validation')] }],
    firstEpoch: 1,
    lastEpoch: values.length,
  });
  expect(svg.length).toBeLessThan(40_000);
});
