import { wilsonInterval } from '../../src/evaluation/wilsonInterval';

const z = 1.959963984540054; // scipy.stats.norm.ppf(0.975)

/** The ends are where the score test just does not reject: |share − p| = z · √(p (1 − p) / n). */
test.each([
  [31, 32],
  [1, 3],
  [50, 100],
])('wilsonInterval(%i, %i) ends where the score test begins to reject', (successes, trials) => {
  const ends = wilsonInterval(successes, trials);
  const share = successes / trials;
  for (const p of ends) {
    expect(Math.abs(share - p)).toBeCloseTo(z * Math.sqrt((p * (1 - p)) / trials), 12);
  }
  expect(ends[0]).toBeLessThan(share);
  expect(ends[1]).toBeGreaterThan(share);
});

// With all successes the lower end is n / (n + z²).
test.each([
  [1, 1 / (1 + z ** 2)],
  [32, 32 / (32 + z ** 2)],
])(
  'wilsonInterval() of %i successes in as many trials reaches to 1, and not to 0 in width',
  (n, low) => {
    expect(wilsonInterval(n, n)).toEqual([expect.closeTo(low, 12), 1]);
    expect(wilsonInterval(0, n)).toEqual([0, expect.closeTo(1 - low, 12)]);
  },
);

test.each([
  [1, 0],
  [3, 2],
  [-1, 2],
  [0.5, 2],
])('wilsonInterval(%d, %d) throws', (successes, trials) => {
  expect(() => wilsonInterval(successes, trials)).toThrow(RangeError);
});
