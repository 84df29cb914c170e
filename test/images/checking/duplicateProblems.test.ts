import {
  type ComparedFile,
  duplicateProblems,
} from '../../../src/images/checking/duplicateProblems';
import type { PerceptualHash } from '../../../src/images/checking/perceptualHash';

/** A picture whose hash has so many bits set, from the lowest on. */
function file(name: string, digest: string, bits?: number): ComparedFile {
  const hash = [0, 0, 0, 0].map((_, word) =>
    Array.from({ length: 16 }, (_, bit) =>
      16 * (3 - word) + bit < (bits ?? 0) ? 2 ** bit : 0,
    ).reduce((sum, value) => sum + value),
  ) as unknown as PerceptualHash;
  return {
    name,
    className: name.split('/')[0]!,
    digest,
    hash: bits === undefined ? undefined : hash,
  };
}

const told = (files: ComparedFile[]) =>
  [...duplicateProblems(files).values()]
    .flat()
    .map((problem) => `${problem.file} ${problem.kind} ${problem.others.join(' ')}`);

test('duplicateProblems() connects near pictures through others in between', () => {
  expect(
    told([file('a/1', 'x', 0), file('a/2', 'y', 6), file('a/3', 'z', 12), file('a/4', 'w', 40)]),
  ).toEqual([
    'a/1 near-duplicate a/2 a/3',
    'a/2 near-duplicate a/1 a/3',
    'a/3 near-duplicate a/2 a/1',
  ]);
});

test('duplicateProblems() finds in two classes only what itself is like a picture there', () => {
  expect(told([file('a/1', 'x', 0), file('a/2', 'y', 6), file('b/3', 'z', 12)])).toEqual([
    'a/1 near-duplicate a/2',
    'a/2 two-classes b/3',
    'a/2 near-duplicate a/1',
    'b/3 two-classes a/2',
  ]);
});

test('duplicateProblems() finds all pictures of one hash in two classes, not the first alone', () => {
  expect(told([file('a/1', 'x', 0), file('a/2', 'y', 0), file('b/3', 'z', 2)])).toEqual([
    'a/1 two-classes b/3',
    'a/1 near-duplicate a/2',
    'a/2 two-classes b/3',
    'a/2 near-duplicate a/1',
    'b/3 two-classes a/1 a/2',
  ]);
});

test('duplicateProblems() compares by bytes alone what has no hash', () => {
  expect(told([file('a/1', 'x'), file('a/2', 'x'), file('a/3', 'y'), file('b/4', 'z')])).toEqual([
    'a/1 exact-duplicate a/2',
    'a/2 exact-duplicate a/1',
  ]);
});

test('duplicateProblems() names the first of a large set always, so that it can be put together again', () => {
  const files = Array.from({ length: 50 }, (_, i) => file(`a/${i}`, `x${i}`, i));
  for (const [problem] of duplicateProblems(files).values()) {
    expect(problem!.others.length).toBeLessThanOrEqual(20);
    expect([problem!.file, ...problem!.others]).toContain('a/0');
  }
});
