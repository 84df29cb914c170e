import sharp from 'sharp';

import {
  type ComparedFile,
  duplicateProblems,
} from '../../../src/collections/checking/duplicateProblems';
import { fingerprint, SIDE } from '../../../src/collections/checking/fingerprint';
import { scene } from '../../support/scenes';

/** A scene without its outer `crop` hundredths: two of 0 and 2 are one picture, two of 0 and 4 are too far apart. */
async function file(name: string, digest: string, crop?: number, seed = 1): Promise<ComparedFile> {
  const [className = ''] = name.split('/');
  if (crop === undefined) return { name, className, digest };
  const large = await scene(seed).resize(600, 480).png().toBuffer();
  const [left, top] = [6 * crop, Math.round(4.8 * crop)];
  const rgb = await sharp(large)
    .extract({ left, top, width: 600 - 2 * left, height: 480 - 2 * top })
    .resize(SIDE, SIDE, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { name, className, digest, fingerprint: fingerprint(rgb, 480) };
}

const told = async (files: Promise<ComparedFile>[]) =>
  [...duplicateProblems(await Promise.all(files)).values()]
    .flat()
    .filter(({ kind }) => kind !== 'look-alike')
    .map((problem) => `${problem.file} ${problem.kind} ${problem.others.join(' ')}`);

test('duplicateProblems() connects copies through others in between', async () => {
  expect(
    await told([
      file('a/1', 'x', 0),
      file('a/2', 'y', 2),
      file('a/3', 'z', 4),
      file('a/4', 'w', 0, 2),
    ]),
  ).toEqual([
    'a/1 near-duplicate a/2 a/3',
    'a/2 near-duplicate a/3 a/1',
    'a/3 near-duplicate a/2 a/1',
  ]);
});

test('duplicateProblems() finds in two classes only what itself is a copy of a picture there', async () => {
  expect(await told([file('a/1', 'x', 0), file('a/2', 'y', 2), file('b/3', 'z', 4)])).toEqual([
    'a/1 near-duplicate a/2',
    'a/2 two-classes b/3',
    'a/2 near-duplicate a/1',
    'b/3 two-classes a/2',
  ]);
});

test('duplicateProblems() finds all copies in two classes, not the first alone', async () => {
  expect(await told([file('a/1', 'x', 0), file('a/2', 'y', 0), file('b/3', 'z', 1)])).toEqual([
    'a/1 two-classes b/3',
    'a/1 near-duplicate a/2',
    'a/2 two-classes b/3',
    'a/2 near-duplicate a/1',
    'b/3 two-classes a/1 a/2',
  ]);
});

test('duplicateProblems() compares by bytes alone what has no fingerprint', async () => {
  expect(
    await told([file('a/1', 'x'), file('a/2', 'x'), file('a/3', 'y'), file('b/4', 'z')]),
  ).toEqual(['a/1 exact-duplicate a/2', 'a/2 exact-duplicate a/1']);
});

test('duplicateProblems() names the first of a large set always, so that it can be put together again', async () => {
  const one = await file('a/0', 'x', 0);
  const files = Array.from({ length: 25 }, (_, i) => ({ ...one, name: `a/${i}`, digest: `x${i}` }));
  const found = [...duplicateProblems(files).values()];
  expect(found).toHaveLength(25);
  for (const [problem] of found) {
    expect(problem!.others.length).toBeLessThanOrEqual(20);
    expect([problem!.file, ...problem!.others]).toContain('a/0');
  }
});
