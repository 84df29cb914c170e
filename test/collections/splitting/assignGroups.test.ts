import seedrandom from 'seedrandom';

import { assignGroups } from '../../../src/collections/splitting/assignGroups';

const SHARES = [0.7, 0.2, 0.1];
const assign = (groups: number[][], seed: string, shares = SHARES) =>
  assignGroups(
    groups.map((group) => [...group.entries()].filter(([, pictures]) => pictures > 0)),
    groups[0]!.length,
    shares,
    seedrandom.alea(seed),
  );

/** Pictures of each class in each part. */
function countsOf(groups: number[][], parts: number[], shares = SHARES): number[][] {
  return shares.map((_, part) =>
    groups[0]!.map((_, c) =>
      groups.reduce((sum, group, i) => sum + (parts[i] === part ? group[c]! : 0), 0),
    ),
  );
}

describe('assignGroups()', () => {
  test('gives 40 faces of eight pictures 224, 64 and 32, half of each class', () => {
    const groups = Array.from({ length: 40 }, (_, i) => (i < 20 ? [8, 0] : [0, 8]));
    for (let seed = 0; seed < 20; seed++) {
      expect(countsOf(groups, assign(groups, String(seed)))).toEqual([
        [112, 112],
        [32, 32],
        [16, 16],
      ]);
    }
  });

  test('is off by less than a picture from each share of each class, where no pictures belong together', () => {
    const random = seedrandom.alea('sizes');
    for (let run = 0; run < 200; run++) {
      const sizes = [0, 1, 2].map(() => 5 + Math.floor(random() * 200));
      const groups = sizes.flatMap((size, c) =>
        Array.from({ length: size }, () => sizes.map((_, other) => Number(other === c))),
      );
      const counts = countsOf(groups, assign(groups, String(run)));
      for (const [part, ofClasses] of counts.entries()) {
        for (const [c, count] of ofClasses.entries()) {
          expect(Math.abs(count - SHARES[part]! * sizes[c]!)).toBeLessThan(1);
          expect(count).toBeGreaterThan(0);
        }
      }
    }
  });

  test('is off by less than the largest group in the parts that can hold it', () => {
    const random = seedrandom.alea('groups');
    for (let run = 0; run < 100; run++) {
      const groups = Array.from({ length: 150 }, () => {
        const size = random() < 0.8 ? 1 : 1 + Math.floor(random() * 6);
        return random() < 0.4 ? [size, 0] : [0, size];
      });
      const totals = [0, 1].map((c) => groups.reduce((sum, group) => sum + group[c]!, 0));
      const counts = countsOf(groups, assign(groups, String(run)));
      for (const [part, ofClasses] of counts.entries()) {
        for (const [c, count] of ofClasses.entries()) {
          expect(Math.abs(count - SHARES[part]! * totals[c]!)).toBeLessThan(6);
        }
      }
    }
  });

  test('puts a group that is larger than a part where it fits best, and fills the others from the rest', () => {
    const groups = [[90], ...Array.from({ length: 10 }, () => [1])];
    const parts = assign(groups, '1');
    expect(parts[0]).toBe(0);
    expect(countsOf(groups, parts)).toEqual([[90], [7], [3]]);
  });

  test('deals groups of several classes out so that each class gets its shares', () => {
    const groups = Array.from({ length: 30 }, () => [3, 2]);
    expect(countsOf(groups, assign(groups, '1'))).toEqual([
      [63, 42],
      [18, 12],
      [9, 6],
    ]);
  });

  test('gives each part a picture of a class of five', () => {
    const groups = Array.from({ length: 5 }, () => [1]);
    for (let seed = 0; seed < 20; seed++) {
      expect(countsOf(groups, assign(groups, String(seed)))).toEqual([[3], [1], [1]]);
    }
  });

  test('is the same for a seed, and another for another', () => {
    const groups = Array.from({ length: 40 }, (_, i) => (i < 20 ? [8, 0] : [0, 8]));
    expect(assign(groups, '1')).toEqual(assign(groups, '1'));
    const different = new Set(
      Array.from({ length: 20 }, (_, seed) => assign(groups, String(seed)).join()),
    );
    expect(different.size).toBe(20);
  });

  test('puts each group into each part, over many seeds, as often as the share says', () => {
    const groups = Array.from({ length: 10 }, () => [1]);
    const inTest = groups.map(() => 0);
    for (let seed = 0; seed < 2000; seed++) {
      assign(groups, String(seed)).forEach((part, i) => (inTest[i]! += Number(part === 2)));
    }
    // 200 expected of each; five standard deviations of a binomial are 67.
    expect(Math.min(...inTest)).toBeGreaterThan(133);
    expect(Math.max(...inTest)).toBeLessThan(267);
  });
});
