import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { makePictures, type Picture } from '../../scripts/data/make-pictures';

const committed = path.join(__dirname, '../../data');
const manifest = JSON.parse(
  readFileSync(path.join(committed, 'manifest.json'), 'utf8'),
) as Picture[];
const files = manifest.map((picture) => picture.file);

describe('makePictures()', () => {
  let made = '';
  beforeAll(() => {
    made = mkdtempSync(path.join(os.tmpdir(), 'smile-lab-pictures-'));
  });
  afterAll(() => rmSync(made, { recursive: true, force: true }));

  test('makes the committed bytes, over half a picture and beside what is not its own', async () => {
    mkdirSync(path.join(made, 'happy-or-sad/happy'), { recursive: true });
    writeFileSync(path.join(made, files[0]!), 'half a picture');
    writeFileSync(path.join(made, 'happy-or-sad/happy/my own.png'), 'mine');

    expect(await makePictures({ to: made })).toEqual(manifest);

    const different = [];
    for (const file of files) {
      if (!(await samePicture(path.join(made, file), path.join(committed, file)))) {
        different.push(file);
      }
    }
    expect(different).toEqual([]);
    const text = (folder: string, file: string) => readFileSync(path.join(folder, file), 'utf8');
    expect(text(made, 'manifest.json')).toBe(text(committed, 'manifest.json'));
    expect(text(made, 'happy-or-sad/happy/my own.png')).toBe('mine');
    expect(filesUnder(made)).toEqual(
      [...files, 'manifest.json', 'happy-or-sad/happy/my own.png'].sort(),
    );
  });

  test('says which file it could not write, and why', async () => {
    const notAFolder = path.join(made, 'manifest.json');
    await expect(makePictures({ to: notAFolder })).rejects.toThrow(
      /^Cannot write ".*grinning-face\.png": a writable folder is required, and got ENOTDIR/,
    );
  });
});

describe('the committed pictures', () => {
  test.each([
    ['happy-or-sad', 'happy', 40],
    ['happy-or-sad', 'sad', 40],
    ['unseen-style', 'happy', 20],
    ['unseen-style', 'sad', 20],
  ])('%s has %s × %i', (dataSet, className, count) => {
    const inFolder = readdirSync(path.join(committed, dataSet, className));
    expect(inFolder).toHaveLength(count);
    const listed = manifest.filter(
      (p) => p.file.startsWith(`${dataSet}/`) && p.class === className,
    );
    expect(listed.map((p) => path.posix.basename(p.file))).toEqual(inFolder.sort());
    expect(listed.every((p) => p.file.startsWith(`${dataSet}/${className}/`))).toBe(true);
  });

  test('show each face once in each of the three styles, always in the same class', () => {
    const styles = new Map<string, string[]>();
    for (const { codePoint, class: className, style } of manifest) {
      const face = `${className} ${codePoint}`;
      styles.set(face, [...(styles.get(face) ?? []), style].sort());
    }
    expect(styles.size).toBe(40);
    for (const found of styles.values()) {
      expect(found).toEqual(['fluent-emoji-flat', 'noto', 'twemoji']);
    }
    expect(new Set(manifest.map((p) => p.codePoint)).size).toBe(40);
  });

  test('are listed by name, and the names say what the manifest says', () => {
    expect(files).toEqual([...files].sort());
    for (const { file, codePoint, name, style } of manifest) {
      const code = codePoint.replace('U+', '').toLowerCase();
      expect(path.posix.basename(file)).toBe(`${style}-${code}-${name}.png`);
    }
  });

  test('are 150×150, three channels, with white corners', async () => {
    for (const file of files) {
      const { data, info } = await sharp(path.join(committed, file))
        .raw()
        .toBuffer({ resolveWithObject: true });
      const { width, height, channels } = info;
      expect({ file, width, height, channels }).toEqual({
        file,
        width: 150,
        height: 150,
        channels: 3,
      });
      const corners = [0, 149, 149 * 150, 150 * 150 - 1];
      const values = corners.flatMap((pixel) => [...data.subarray(pixel * 3, pixel * 3 + 3)]);
      expect({ file, values }).toEqual({ file, values: Array(12).fill(255) });
    }
  });

  test('are all different', () => {
    const hashes = files.map((file) =>
      createHash('sha256')
        .update(readFileSync(path.join(committed, file)))
        .digest('hex'),
    );
    expect(new Set(hashes).size).toBe(files.length);
  });

  test('come with the licence that their package names, as a full text', () => {
    for (const source of new Set(manifest.map((p) => `${p.style} ${p.licence}`))) {
      const [style, licence] = source.split(' ');
      const info = readFileSync(require.resolve(`@iconify-json/${style}/info.json`), 'utf8');
      expect(JSON.parse(info)).toMatchObject({ license: { spdx: licence } });
      const text = readFileSync(path.join(committed, `licences/${style}-${licence}.txt`), 'utf8');
      expect(text.length).toBeGreaterThan(1000);
    }
  });
});

/**
 * Byte for byte where the committed pictures were made. Another processor rounds the drawing's decimals otherwise: on
 * Arm two values in each of three pictures are one step off, and their files with them.
 */
async function samePicture(made: string, wanted: string): Promise<boolean> {
  if (readFileSync(made).equals(readFileSync(wanted))) {
    return true;
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    return false;
  }
  const pixels: Buffer = await sharp(made).raw().toBuffer();
  const wantedPixels: Buffer = await sharp(wanted).raw().toBuffer();
  return pixels.every((value, i) => Math.abs(value - wantedPixels[i]!) <= 1);
}

/** All files below a folder, hidden ones too, as sorted paths with `/`. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();
}
