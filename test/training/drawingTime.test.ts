import { drawingTime } from '../../src/training/drawingTime';

/** A clock that the test moves, in milliseconds. */
function clock() {
  let time = 0;
  return { now: () => time, pass: (ms: number) => (time += ms) };
}

test('drawingTime() is due at once, and then 0.2 s after the last drawing', () => {
  const { now, pass } = clock();
  const time = drawingTime(now);
  expect(time.isDue()).toBe(true);
  time.spend(() => {});
  expect(time.isDue()).toBe(false);
  pass(199);
  expect(time.isDue()).toBe(false);
  pass(1);
  expect(time.isDue()).toBe(true);
});

test('drawingTime() waits until drawing has taken no more than 2 % of the time and 20 ms', () => {
  const { now, pass } = clock();
  const time = drawingTime(now);
  pass(1000);
  time.spend(() => pass(70));
  // 70 ms are 20 ms and 2 % of 2,500 ms.
  pass(2500 - 1070 - 1);
  expect(time.isDue()).toBe(false);
  pass(1);
  expect(time.isDue()).toBe(true);
});

test('drawingTime() counts a drawing that fails', () => {
  const { now, pass } = clock();
  const time = drawingTime(now);
  pass(1000);
  expect(() =>
    time.spend(() => {
      pass(70);
      throw new Error('no');
    }),
  ).toThrow('no');
  pass(1000);
  expect(time.isDue()).toBe(false);
});
