import { columns, pointsOf } from '../../../scripts/bench/scaling';
import { describeScaling, scalingChart } from '../../../scripts/bench/scaling-chart';
import { tableOf } from '../../../scripts/bench/table';

describe('the scaling’s table and chart', () => {
  const seen = pointsOf(false).map((point) => ({
    ...point,
    ...{ rate: 1000, loadingTime: 1, loadingPeak: 400, training: 2.5, trainingPeak: 600 },
    ...{ gigaflop: 0.32, reached: 128, share: 0.64 },
  }));

  test('run from 100 to 10,000 pictures, from 64² to 512², and over batches', () => {
    const of = (title: string) => pointsOf(false).filter((point) => point.title.startsWith(title));
    expect(of('pictures').map(({ pictures }) => pictures)).toEqual([100, 300, 1000, 3000, 10_000]);
    expect(of('picture size').map(({ size }) => size)).toEqual([64, 128, 256, 512]);
    expect(of('batch').map(({ batchSize }) => batchSize)).toEqual([1, 2, 5, 10, 20, 40, 80]);
  });

  test('tell FLOP/s and the share of a matrix product', () => {
    expect(tableOf(columns, seen)[1]).toEqual([
      ...['100', '64²', '32', '1000', '400', '2.50', '600', '0.320', '128', '64 %'],
    ]);
  });

  test('draw each point of training and loading', () => {
    const lines = [...scalingChart(seen).matchAll(/<polyline points="([^"]*)"/g)];
    const points = lines.flatMap(([, corners = '']) => corners.split(' '));
    expect(points).toHaveLength(2 * 2 * seen.length); // time and memory of both
    expect(describeScaling(seen)).toContain('10000: 2.50 ms, 600 MB');
  });
});
