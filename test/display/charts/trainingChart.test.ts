import { trainingChart } from '../../../src/display/charts/trainingChart';

function ticksOf(epochs: number): number[] {
  const values = Array.from({ length: epochs }, () => 0.5);
  const chart = trainingChart([{ series: [{ metric: 'loss', data: 'training', values }] }]);
  const [, ticks = ''] = /"axis":{"values":\[([\d,]*)\]/.exec(JSON.stringify(chart)) ?? [];
  return ticks.split(',').map(Number);
}

test('trainingChart() counts the epochs from 1, in whole numbers that have room', () => {
  expect(ticksOf(1)).toEqual([1]);
  expect(ticksOf(15)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(ticksOf(17)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16]);
  expect(ticksOf(60)).toEqual([1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
  expect(ticksOf(100)).toEqual([1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
});
