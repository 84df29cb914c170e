import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import sharp from 'sharp';

import { compiled, smileLab } from '../support/children';
import { folderWith } from '../support/pictures';
import { scene } from '../support/scenes';

/** A folder as people have them, and where the commands run. */
let data: string;
let home: string;

beforeAll(async () => {
  await compiled();
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-photographs-'));
  const jpeg = (seed: number) => scene(seed).jpeg({ quality: 90 }).toBuffer();
  const twice = await jpeg(1);
  const inBoth = await jpeg(2);
  const plain: Record<string, Buffer> = {};
  for (let i = 10; i < 22; i++) plain[`${i % 2 ? 'sad' : 'happy'}/plain-${i}.jpg`] = await jpeg(i);
  data = await folderWith({
    ...plain,
    'happy/transparent.png': await scene(3).ensureAlpha(0.5).png().toBuffer(),
    'happy/palette.png': await scene(4).png({ palette: true, colours: 16 }).toBuffer(),
    'happy/grey.jpg': await scene(5).greyscale().jpeg().toBuffer(),
    'happy/on-its-side.jpg': await scene(6).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'happy/from-a-camera.jpg': await scene(7).resize(7000, 5600).jpeg({ quality: 70 }).toBuffer(),
    'happy/one.jpg': twice,
    'happy/one (1).jpg': twice,
    'happy/sent.jpg': await sharp(twice).resize(100, 80).jpeg({ quality: 60 }).toBuffer(),
    'happy/undecided.jpg': inBoth,
    'sad/undecided.jpg': inBoth,
    'sad/printed.jpg': await scene(8).toColourspace('cmyk').jpeg().toBuffer(),
    'sad/moving.gif': await scene(9).gif().toBuffer(),
    'sad/half.jpg': twice.subarray(0, twice.length / 2),
    'sad/phone.heic': Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
  });
});

afterAll(() => Promise.all([home, data].map((folder) => rm(folder, { recursive: true }))));

/** One after the other: each command needs what those before it have made. */
test('photographs of all kinds go through check, quarantine, train, evaluate and predict', async () => {
  const lab = async (...args: string[]) => {
    const ended = await smileLab(args, { cwd: home });
    expect({ args, status: ended.status, stderr: ended.stderr }).toMatchObject({ status: 0 });
    return ended.stdout;
  };
  const asJson = async <T>(...args: string[]) => JSON.parse(await lab(...args, '--json')) as T;

  const report = await asJson<{
    files: number;
    valid: number;
    problems: Array<{ file: string; kind: string }>;
  }>('check', data, '--quarantine');
  expect([report.files, report.valid]).toEqual([26, 24]);
  expect(report.problems.map(({ file, kind }) => `${kind} ${file}`).sort()).toEqual([
    'cmyk sad/printed.jpg',
    'cut-off sad/half.jpg',
    'exact-duplicate happy/one (1).jpg',
    'exact-duplicate happy/one.jpg',
    'exif-rotation happy/on-its-side.jpg',
    'near-duplicate happy/one (1).jpg',
    'near-duplicate happy/one.jpg',
    'near-duplicate happy/sent.jpg',
    'transparent happy/transparent.png',
    'two-classes happy/undecided.jpg',
    'two-classes sad/undecided.jpg',
    'unsupported sad/phone.heic',
  ]);
  expect((await readdir(`${data}-quarantine/sad`)).sort()).toEqual(['half.jpg', 'phone.heic']);

  const { pictures, test } = await asJson<{
    pictures: Record<'train' | 'validation' | 'test', number>;
    test: { count: number };
  }>('train', '--recipe', 'emotion', '--data', data, '--epochs', '1', '--out', 'mine');
  // The picture that is in both classes is in no part.
  expect(pictures.train + pictures.validation + pictures.test).toBe(22);
  expect(test.count).toBe(pictures.test);

  const { count, confusionMatrix } = await asJson<{ count: number; confusionMatrix: number[][] }>(
    'evaluate',
    '--model',
    'mine',
    '--data',
    data,
  );
  expect([count, confusionMatrix.flat().reduce((sum, n) => sum + n)]).toEqual([24, 24]);

  const said = await lab('predict', '--model', 'mine', path.join(data, 'happy'));
  expect(said.trimEnd().split('\n')).toHaveLength(15);
  await lab('restore', `${data}-quarantine`);
  expect(await readdir(path.join(data, 'sad'))).toContain('half.jpg');
});
