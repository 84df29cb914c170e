import { drawingTime } from '../../../src/training/progress/drawingTime';

/** A clock that the test moves, in milliseconds. */
function clock() {
  let time = 0;
  return { now: () => time, pass: (ms: number) => (time += ms) };
}

test('drawingTime() is due at once, and then 0.2 s after the last drawing', () => {
  const { now, pass } = clock();
  const time = drawingTime({ now, used: now });
  expect(time.isDue()).toBe(true);
  time.spend(() => {});
  expect(time.isDue()).toBe(false);
  pass(199);
  expect(time.isDue()).toBe(false);
  pass(1);
  expect(time.isDue()).toBe(true);
});

test('drawingTime() waits until drawing has taken no more than 1 % of the time and 15 ms', () => {
  const { now, pass } = clock();
  const time = drawingTime({ now, used: now });
  pass(1000);
  time.spend(() => pass(40));
  // 40 ms are 15 ms and 1 % of 2,500 ms.
  pass(2500 - 1040 - 1);
  expect(time.isDue()).toBe(false);
  pass(1);
  expect(time.isDue()).toBe(true);
});

test('drawingTime() counts a drawing that fails', () => {
  const { now, pass } = clock();
  const time = drawingTime({ now, used: now });
  pass(1000);
  expect(() =>
    time.spend(() => {
      pass(40);
      throw new Error('no');
    }),
  ).toThrow('no');
  pass(1000);
  expect(time.isDue()).toBe(false);
});

test('drawingTime() does not count the time that a busy machine lets it wait', () => {
  const { now, pass } = clock();
  const time = drawingTime({ now, used: () => 0 });
  time.spend(() => pass(5000));
  pass(200);
  expect(time.isDue()).toBe(true);
});
