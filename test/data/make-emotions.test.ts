import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import sharp from 'sharp';

import { openEmojiStyle } from '../../scripts/data/emoji-style';
import { fxemojiNames } from '../../scripts/data/fxemoji-names';
import { type Emotion, makeEmotions } from '../../scripts/data/make-emotions';
import { checkPictures } from '../../src/collections/checking/checkPictures';

const committed = path.join(__dirname, '../../data');
const read = <T>(file: string) =>
  JSON.parse(readFileSync(path.join(committed, file), 'utf8')) as T[];
const manifest = read<Emotion>('emotions/manifest.json');
const planted = read<{ kind: string; file: string; other?: string }>(
  'emotions-with-faults/planted.json',
);

/** Opened once: their files are large. */
const styles = new Map<string, Awaited<ReturnType<typeof openEmojiStyle>>>();

describe('makeEmotions()', () => {
  let made = '';
  beforeAll(() => {
    made = mkdtempSync(path.join(os.tmpdir(), 'smile-lab-emotions-'));
  });
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  test('makes the committed bytes, beside what is not its own', async () => {
    mkdirSync(path.join(made, 'emotions/happy'), { recursive: true });
    writeFileSync(path.join(made, 'emotions/happy/my own.jpg'), 'mine');
    expect(await makeEmotions({ to: made })).toEqual(manifest);
    expect(readFileSync(path.join(made, 'emotions/happy/my own.jpg'), 'utf8')).toBe('mine');
    rmSync(path.join(made, 'emotions/happy/my own.jpg'));

    const files = [...filesUnder('emotions'), ...filesUnder('emotions-with-faults')];
    const madeFiles = [
      ...filesUnder('emotions', made),
      ...filesUnder('emotions-with-faults', made),
    ];
    expect(madeFiles).toEqual(files);
    // Another processor rounds the drawings' decimals otherwise.
    if (process.platform !== 'linux' || process.arch !== 'x64') return;
    const bytes = (root: string, file: string) => readFileSync(path.join(root, file));
    expect(files.filter((file) => !bytes(made, file).equals(bytes(committed, file)))).toEqual([]);
  });

  test('says which file it could not write, and why', async () => {
    const notAFolder = path.join(made, 'emotions/manifest.json');
    await expect(makeEmotions({ to: notAFolder })).rejects.toThrow(
      /^Cannot write ".*noto-1f600-grinning-face\.jpg": a writable folder is required, and got ENOTDIR/,
    );
  });
});

describe('data/emotions', () => {
  test('shows each of 40 faces eight times, in each style that has it once or twice, always in the same class', async () => {
    expect(manifest).toHaveLength(320);
    const faces = new Map<string, Emotion[]>();
    for (const emotion of manifest) {
      const { codePoint } = emotion;
      faces.set(codePoint, [...(faces.get(codePoint) ?? []), emotion]);
    }
    expect(faces.size).toBe(40);
    for (const [codePoint, pictures] of faces) {
      expect(pictures).toHaveLength(8);
      expect(new Set(pictures.map((picture) => picture.class)).size).toBe(1);
      const drawnBy = new Set(pictures.map(({ style }) => style));
      expect([...drawnBy].sort()).toEqual(await stylesThatHave(codePoint.slice(2)));
      for (const style of drawnBy) {
        expect(pictures.filter((one) => one.style === style).length).toBeLessThanOrEqual(2);
      }
    }
  });

  test('gives each of six styles about as many pictures of a class', () => {
    const counts = new Map<string, number>();
    for (const { class: className, style } of manifest) {
      const key = `${className} ${style}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    for (const count of counts.values()) {
      expect(count).toBeGreaterThanOrEqual(25);
      expect(count).toBeLessThanOrEqual(28);
    }
  });

  test.each(['happy', 'sad'])('%s has 160, those of the manifest', (className) => {
    const listed = manifest.filter((emotion) => emotion.class === className);
    const inFolder = readdirSync(path.join(committed, 'emotions', className));
    expect(inFolder).toHaveLength(160);
    expect(listed.map(({ file }) => file)).toEqual(
      inFolder.map((name) => `${className}/${name}`).sort(),
    );
  });

  test('are JPEGs of 256×256 in many qualities', async () => {
    const qualities = new Set<string>();
    for (const { file } of manifest) {
      const bytes = readFileSync(path.join(committed, 'emotions', file));
      const { format, width, height, channels } = await sharp(bytes).metadata();
      expect({ file, format, width, height, channels }).toEqual({
        file,
        format: 'jpeg',
        width: 256,
        height: 256,
        channels: 3,
      });
      // The first quantisation table tells the quality.
      const table = bytes.indexOf('\xff\xdb', 0, 'latin1');
      qualities.add(bytes.toString('latin1', table, table + 69));
    }
    expect(qualities.size).toBeGreaterThan(20);
  });

  test('come with the licence that their package names, as a full text', () => {
    for (const source of new Set(manifest.map((p) => `${p.style} ${p.licence}`))) {
      const [style, licence] = source.split(' ');
      const info = readFileSync(require.resolve(`@iconify-json/${style}/info.json`), 'utf8');
      // Of Firefox' emoji the package names the programs' licence; upstream's LICENSE.md has another for the drawings.
      const spdx = style === 'fxemoji' ? 'Apache-2.0' : licence;
      expect(JSON.parse(info)).toMatchObject({ license: { spdx } });
      const text = readFileSync(path.join(committed, `licences/${style}-${licence}.txt`), 'utf8');
      expect(text.length).toBeGreaterThan(1000);
    }
  });

  test('have nothing that checkPictures() objects to', async () => {
    expect(await checkPictures(path.join(committed, 'emotions'))).toEqual({
      files: 320,
      valid: 320,
      problems: [],
      classes: [
        { name: 'happy', count: 160 },
        { name: 'sad', count: 160 },
      ],
    });
  });
});

test('checkPictures() finds in data/emotions-with-faults what was planted there, and nothing else', async () => {
  const { problems } = await checkPictures(path.join(committed, 'emotions-with-faults'));
  // A fault of two files is told of each of them.
  const expected = planted.flatMap(({ kind, file, other }) => [
    `${kind} ${file} ${other ?? ''}`,
    ...(other === undefined ? [] : [`${kind} ${other} ${file}`]),
  ]);
  expect(
    problems.map(({ kind, file, others }) => `${kind} ${file} ${others.join()}`).sort(),
  ).toEqual(expected.sort());
});

/** By what the packages themselves hold, and not by the list of what the styles lack. */
async function stylesThatHave(codePoint: string): Promise<string[]> {
  const namings: Array<[style: string, naming: string | Record<string, string>]> = [
    ['fluent-emoji', 'fluent-emoji-flat'],
    ['fluent-emoji-flat', 'fluent-emoji-flat'],
    ['fxemoji', fxemojiNames],
    ['noto', 'noto'],
    ['noto-v1', 'fluent-emoji-flat'],
    ['twemoji', 'twemoji'],
  ];
  const has = namings.map(async ([style, naming]) => {
    styles.set(style, styles.get(style) ?? (await openEmojiStyle(style, naming)));
    try {
      return [styles.get(style)!(codePoint) && style];
    } catch {
      return [];
    }
  });
  return (await Promise.all(has)).flat();
}

function filesUnder(folder: string, root = committed): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();
}
