import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';

import { checkPictures } from '../../../src/collections/checking/checkPictures';
import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { tf } from '../../../src/tensorflow/tf';
import { asNobody } from '../../support/asNobody';
import { bmp, folderWith, hugePng, png, speckled16 } from '../../support/pictures';
import { scene } from '../../support/scenes';

const temporary: string[] = [];
async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = await folderWith(files);
  temporary.push(folder);
  return folder;
}
afterAll(() => Promise.all(temporary.map((folder) => rm(folder, { recursive: true }))));

/** One sound picture a class, so that a fault planted beside them is the only one. */
async function sound(): Promise<Record<string, Uint8Array>> {
  return {
    'happy/sound.png': await scene(1).png().toBuffer(),
    'sad/sound.jpg': await scene(2).jpeg().toBuffer(),
  };
}

const jpeg = (seed: number) => scene(seed).jpeg().toBuffer();
const moving = async () => {
  const frames = [await scene(3).png().toBuffer(), await scene(4).png().toBuffer()];
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
};
const animatedPng = async () => {
  const bytes = await scene(3).png().toBuffer();
  const chunk = Buffer.alloc(20);
  chunk.writeUInt32BE(8, 0);
  chunk.write('acTL', 4);
  return Buffer.concat([bytes.subarray(0, 33), chunk, bytes.subarray(33)]);
};
const withThumbnail = async (seed: number) => {
  const thumbnail = await jpeg(4);
  const header = Buffer.from([0xff, 0xe1, 0, 0]);
  header.writeUInt16BE(thumbnail.length + 2, 2);
  const bytes = await jpeg(seed);
  return Buffer.concat([bytes.subarray(0, 2), header, thumbnail, bytes.subarray(2)]);
};
const brokenPng = async () => {
  const bytes = Buffer.from(await scene(3).png({ compressionLevel: 0 }).toBuffer());
  bytes[bytes.length - 60]! ^= 1;
  return bytes;
};
/** As OS/2 had it: BITMAPCOREHEADER, 40 × 40 pixels of 24 bits. */
const os2Bmp = () => {
  const pixels = bmp(40, 40, 24).subarray(54);
  const header = Buffer.alloc(26);
  header.write('BM');
  header.writeUInt32LE(26 + pixels.length, 2);
  header.writeUInt32LE(26, 10);
  header.writeUInt32LE(12, 14);
  for (const [i, value] of [40, 40, 1, 24].entries()) header.writeUInt16LE(value, 18 + 2 * i);
  return Buffer.concat([header, pixels]);
};
const applePng = async () => {
  const bytes = await scene(3).png().toBuffer();
  const chunk = Buffer.from('\0\0\0\x04CgBIP\0 \x06\0\0\0\0', 'latin1');
  return Buffer.concat([bytes.subarray(0, 8), chunk, bytes.subarray(8)]);
};
/** It says that it is lossless, ITU-T T.81 table B.1. */
const losslessJpeg = async () => {
  const bytes = Buffer.from(await jpeg(3));
  bytes[bytes.indexOf(Buffer.of(0xff, 0xc0)) + 1] = 0xc3;
  return bytes;
};
const endingInZeros = async () => {
  const bytes = Buffer.from(await jpeg(3));
  return bytes.fill(0, Math.floor((bytes.length * 3) / 4));
};
const isoMedia = (brand: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0mif1heic`)]);

// Name, content, kind, detail; `valid` follows from the kind.
type Fault = [string, () => Uint8Array | string | Promise<Uint8Array | string>, string, string];
const INVALID: Fault[] = [
  ['empty.jpg', () => '', 'empty', 'it has no bytes'],
  [
    'text.jpg',
    () => 'hello, you',
    'not-a-picture',
    'it is named .jpg, but no picture: it begins with "hello, you"',
  ],
  [
    'notes.txt',
    () => 'hello, you',
    'not-a-picture',
    'it is no picture: it begins with "hello, you"',
  ],
  [
    'a.webp',
    () => scene(3).webp().toBuffer(),
    'unknown-extension',
    'it is a WebP named .webp: the loader takes names that end in .bmp, .gif, .jpeg, .jpg, .png',
  ],
  [
    'half webp.png',
    async () => (await scene(3).webp().toBuffer()).subarray(0, -1),
    'cut-off',
    'it ends before the picture does',
  ],
  [
    'a.avif',
    () => scene(3).avif({ effort: 0 }).toBuffer(),
    'unsupported',
    'it is AVIF, which is not supported: save it as PNG or JPEG',
  ],
  [
    'phone.heic',
    () => isoMedia('heic'),
    'unsupported',
    'it is HEIC, which is not supported: save it as PNG or JPEG',
  ],
  [
    'a.tiff',
    () => scene(3).tiff().toBuffer(),
    'unsupported',
    'it is TIFF, which is not supported: save it as PNG or JPEG',
  ],
  [
    'a.svg',
    () => '<?xml version="1.0"?>\n<!-- a --><svg xmlns="…"/>',
    'unsupported',
    'it is SVG, which is not supported: save it as PNG or JPEG',
  ],
  [
    'face',
    () => jpeg(3),
    'unknown-extension',
    'it is a JPEG without an ending: the loader takes names that end in .bmp, .gif, .jpeg, .jpg, .png',
  ],
  [
    'face.jfif',
    () => jpeg(3),
    'unknown-extension',
    'it is a JPEG named .jfif: the loader takes names that end in .bmp, .gif, .jpeg, .jpg, .png',
  ],
  [
    'half.jpg',
    async () => (await jpeg(3)).subarray(0, 900),
    'cut-off',
    'it ends before the picture does',
  ],
  [
    'half with a thumbnail.jpg',
    async () => (await withThumbnail(3)).subarray(0, -300),
    'cut-off',
    'it ends before the picture does',
  ],
  [
    'nearly.png',
    async () => (await scene(3).png().toBuffer()).subarray(0, -1),
    'cut-off',
    'it ends before the picture does',
  ],
  [
    'half.gif',
    async () => (await scene(3).gif().toBuffer()).subarray(0, 900),
    'cut-off',
    'it ends before the picture does',
  ],
  [
    'half.bmp',
    () => bmp(40, 40, 24).subarray(0, 900),
    'cut-off',
    'it ends before the picture does',
  ],
  ['header.jpg', async () => (await jpeg(3)).subarray(0, 30), 'cut-off', 'it ends in its header'],
  ['zeros.jpg', endingInZeros, 'cut-off', 'it ends before the picture does'],
  [
    'lossless.jpg',
    losslessJpeg,
    'unreadable',
    'it is whole, but of a rare kind or damaged inside: save it as PNG (TensorFlow: "jpeg::Uncompress failed. Invalid JPEG data or crop window.")',
  ],
  [
    'iphone.png',
    applePng,
    'unsupported',
    'it is PNG as Apple changes it for iPhone apps (CgBI), which is not supported: save it as PNG or JPEG',
  ],
  [
    'see-through webp.png',
    () => scene(3).ensureAlpha(0.5).webp().toBuffer(),
    'unreadable',
    "it is a transparent WebP, which is read only with a background, such as background 'white': give one, or save it as PNG",
  ],
  [
    'moving webp.png',
    async () =>
      sharp(await moving(), { animated: true })
        .webp()
        .toBuffer(),
    'unreadable',
    'it is an animated WebP, which is not supported: save its first picture as PNG',
  ],
  ['broken.png', brokenPng, 'unreadable', 'its part "IDAT" is damaged: the checksum is wrong'],
  [
    'huge.png',
    hugePng,
    'too-large',
    'it has 20000×20000 pixels, and at most 134217728 are decoded',
  ],
];
const SUSPECT: Fault[] = [
  [
    'png.jpg',
    () => scene(3).png().toBuffer(),
    'wrong-extension',
    'it is a PNG named .jpg; the loader goes by the content',
  ],
  [
    'webp.png',
    () => scene(3).webp().toBuffer(),
    'wrong-extension',
    'it is a WebP named .png; the loader goes by the content',
  ],
  [
    'small.png',
    () => scene(3).resize(31, 200, { fit: 'fill' }).png().toBuffer(),
    'too-small',
    'it has 31×200 pixels, and a side of 32 is the least that shows something',
  ],
  ['moving.gif', moving, 'animated', 'it is an animation; the loader takes its first picture'],
  ['moving.png', animatedPng, 'animated', 'it is an animation; the loader takes its first picture'],
  [
    'print.jpg',
    () => scene(3).toColourspace('cmyk').jpeg().toBuffer(),
    'cmyk',
    'its colours are those of a printer (CMYK), and come out otherwise on a screen',
  ],
  [
    'deep.png',
    () => speckled16(50, 40).toColourspace('rgb16').png().toBuffer(),
    '16-bit',
    'it has 16 bits a channel; the loader keeps 8',
  ],
  [
    'turned.jpg',
    () => scene(3).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'exif-rotation',
    'its EXIF data say that it is to be turned (orientation 6); the loader, like that of Keras, does not turn it',
  ],
];

describe('checkPictures()', () => {
  test.each(INVALID)(
    'calls %s invalid, and the loader does not take it',
    async (name, content, kind, detail) => {
      const folder = await folderOf({ ...(await sound()), [`happy/${name}`]: await content() });
      const report = await checkPictures(folder);
      expect(report).toEqual({
        files: 3,
        valid: 2,
        problems: [{ file: `happy/${name}`, kind, detail, others: [] }],
        classes: [
          { name: 'happy', count: 1 },
          { name: 'sad', count: 1 },
        ],
      });
      const loaded = await imageDatasetFromDirectory(folder, { skipUnreadable: true });
      expect(loaded.filePaths).toHaveLength(2);
    },
  );

  test.each(SUSPECT)(
    'calls %s suspect, and the loader takes it',
    async (name, content, kind, detail) => {
      const folder = await folderOf({ ...(await sound()), [`happy/${name}`]: await content() });
      const { valid, problems } = await checkPictures(folder);
      expect({ valid, problems }).toEqual({
        valid: 3,
        problems: [{ file: `happy/${name}`, kind, detail, others: [] }],
      });
      const loaded = await imageDatasetFromDirectory(folder, { skipUnreadable: true });
      expect(loaded.filePaths).toHaveLength(3);
    },
  );

  test('takes a transparent WebP where a background is given, and the loader too', async () => {
    const webp = await scene(3).ensureAlpha(0.5).webp().toBuffer();
    const folder = await folderOf({ ...(await sound()), 'happy/see-through.webp.png': webp });
    const { valid, problems } = await checkPictures(folder, { background: 'white' });
    expect([valid, problems.map(({ kind }) => kind)]).toEqual([3, ['wrong-extension']]);
    const loaded = await imageDatasetFromDirectory(folder, { background: 'white' });
    let count = 0;
    await loaded.forEachAsync(({ xs }) => {
      count += (xs as tf.Tensor).shape[0]!;
    });
    expect(count).toBe(3);
  });

  test('finds all faults at once', async () => {
    const files = await sound();
    for (const [i, [name, content]] of [...INVALID, ...SUSPECT].entries()) {
      files[`${i % 2 ? 'happy' : 'sad'}/${i} ${name}`] = Buffer.from(
        (await content()) as Uint8Array,
      );
    }
    const { files: count, valid, problems } = await checkPictures(await folderOf(files));
    expect([count, valid]).toEqual([2 + INVALID.length + SUSPECT.length, 2 + SUSPECT.length]);
    for (const [i, [name, , kind]] of [...INVALID, ...SUSPECT].entries()) {
      const file = `${i % 2 ? 'happy' : 'sad'}/${i} ${name}`;
      expect([file, problems.filter((p) => p.file === file).map((p) => p.kind)]).toEqual([
        file,
        expect.arrayContaining([kind]),
      ]);
    }
  });

  test('takes pictures of every kind that the loader takes, without objection', async () => {
    const folder = await folderOf({
      'a/1.bmp': bmp(40, 50, 24),
      'a/2.gif': await scene(3).gif().toBuffer(),
      'a/3.jpeg': await scene(4).jpeg({ progressive: true }).toBuffer(),
      'a/4.JPG': await scene(5).greyscale().jpeg().toBuffer(),
      'b/5.png': Buffer.concat([
        await scene(6).png({ palette: true }).toBuffer(),
        Buffer.alloc(50), // TensorFlow does not mind what stands behind the end
      ]),
      'b/6.png': await scene(7).ensureAlpha(1).png({ progressive: true }).toBuffer(),
      'b/with a thumbnail.jpg': await withThumbnail(8),
      'b/plain.png': await sharp({
        create: { width: 40, height: 40, channels: 3, background: 'red' },
      })
        .png()
        .toBuffer(),
      'b/plain too.png': await sharp({
        create: { width: 40, height: 40, channels: 3, background: 'blue' },
      })
        .png()
        .toBuffer(),
    });
    const before = tf.memory().numTensors;
    expect(await checkPictures(folder)).toEqual({
      files: 9,
      valid: 9,
      problems: [],
      classes: [
        { name: 'a', count: 4 },
        { name: 'b', count: 5 },
      ],
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('calls nothing valid that the loader refuses, wherever a byte is wrong', async () => {
    const kinds = {
      jpg: await scene(3).resize(40, 40).jpeg().toBuffer(),
      png: await scene(3).resize(40, 40).png().toBuffer(),
      gif: await scene(3).resize(40, 40).gif().toBuffer(),
    };
    // With a manifest they are not compared with each other.
    const files: Record<string, Uint8Array | string> = {
      ...(await sound()),
      'manifest.json': '[{ "file": "sad/sound.jpg", "group": "A" }]',
    };
    for (const [extension, bytes] of Object.entries(kinds)) {
      for (let i = 0; i < 60; i++) {
        const wrong = Buffer.from(bytes);
        wrong[Math.floor((i / 60) * bytes.length)]! ^= 1 << (i % 8);
        files[`happy/${i}.${extension}`] = wrong;
      }
    }
    const folder = await folderOf(files);
    const { problems } = await checkPictures(folder);
    const invalid = new Set(
      problems
        .filter(({ kind }) =>
          ['unreadable', 'cut-off', 'not-a-picture', 'too-large'].includes(kind),
        )
        .map(({ file }) => path.join(folder, file)),
    );
    const { skipped } = await imageDatasetFromDirectory(folder, { skipUnreadable: true });
    expect(skipped.length).toBeGreaterThan(5);
    const unsaid = skipped.filter(({ path: file }) => !invalid.has(file));
    expect(unsaid.map(({ path: file }) => path.basename(file))).toEqual(['manifest.json']);
  });

  test('tells equal bytes, near copies and one picture in two classes from each other', async () => {
    const face = await scene(3).png().toBuffer();
    const folder = await folderOf({
      'sad/1.png': await scene(1).png().toBuffer(),
      'happy/a.png': face,
      'happy/b.png': face,
      'happy/c.jpg': await scene(3).resize(90, 70).jpeg({ quality: 40 }).toBuffer(),
      'sad/d.gif': await scene(4).gif().toBuffer(),
      'happy/e.jpg': await scene(4).linear(1.1, 5).jpeg().toBuffer(),
    });
    const { problems } = await checkPictures(folder);
    expect(problems).toEqual([
      {
        file: 'happy/a.png',
        kind: 'exact-duplicate',
        detail: 'it has the same bytes as "happy/b.png"',
        others: ['happy/b.png'],
      },
      {
        file: 'happy/a.png',
        kind: 'near-duplicate',
        detail: expect.stringMatching(
          /^it is nearly "happy\/c\.jpg": laid on each other, without their colours, they differ no more than a picture and its copy$/,
        ),
        others: ['happy/c.jpg'],
      },
      {
        file: 'happy/b.png',
        kind: 'exact-duplicate',
        detail: 'it has the same bytes as "happy/a.png"',
        others: ['happy/a.png'],
      },
      {
        file: 'happy/b.png',
        kind: 'near-duplicate',
        detail: expect.anything(),
        others: ['happy/c.jpg'],
      },
      {
        file: 'happy/c.jpg',
        kind: 'near-duplicate',
        detail: expect.anything(),
        others: ['happy/a.png', 'happy/b.png'],
      },
      {
        file: 'happy/e.jpg',
        kind: 'two-classes',
        detail: expect.stringMatching(/^it is nearly "sad\/d\.gif": /),
        others: ['sad/d.gif'],
      },
      {
        file: 'sad/d.gif',
        kind: 'two-classes',
        detail: expect.anything(),
        others: ['happy/e.jpg'],
      },
    ]);
  });

  test('knows a photograph again that a program has turned as its EXIF data say', async () => {
    const folder = await folderOf({
      'sad/1.png': await scene(1).png().toBuffer(),
      'happy/camera.jpg': await scene(3).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      'happy/turned.jpg': await scene(3).rotate(90).jpeg().toBuffer(),
    });
    const { problems } = await checkPictures(folder);
    expect(problems.map(({ file, kind }) => [file, kind])).toEqual([
      ['happy/camera.jpg', 'exif-rotation'],
      ['happy/camera.jpg', 'near-duplicate'],
      ['happy/turned.jpg', 'near-duplicate'],
    ]);
  });

  test('names at most 20 of a hundred equal files, and the first always', async () => {
    const files = await sound();
    const face = await scene(3).resize(40, 40).png().toBuffer();
    for (let i = 1000; i < 1100; i++) files[`happy/${i}.png`] = face;
    const { problems } = await checkPictures(await folderOf(files));
    expect(problems.filter(({ kind }) => kind === 'exact-duplicate')).toHaveLength(100);
    expect(problems.every(({ others }) => others.length <= 20)).toBe(true);
    expect(problems.at(-2)?.others.at(0)).toBe('happy/1000.png');
  });

  test('leaves drawings apart that a manifest knows apart, and still finds equal bytes', async () => {
    const drawing = await scene(3).png().toBuffer();
    const other = await scene(3).linear(1.02, 1).png().toBuffer();
    const files = { 'happy/1.png': drawing, 'sad/2.png': other, 'sad/3.png': drawing };
    const { problems: apart } = await checkPictures(await folderOf(files));
    expect(apart.filter(({ kind }) => kind === 'near-duplicate')).toHaveLength(2);
    const manifest = JSON.stringify([
      { file: 'happy/1.png', group: 'A' },
      { file: 'sad/2.png', group: 'B' },
      { file: 'sad/3.png', group: 'A' },
    ]);
    const { problems } = await checkPictures(
      await folderOf({ ...files, 'manifest.json': manifest }),
    );
    expect(problems.map(({ file, kind, others }) => [file, kind, others])).toEqual([
      ['happy/1.png', 'two-classes', ['sad/3.png']],
      ['sad/3.png', 'two-classes', ['happy/1.png']],
    ]);
  });

  test('says why a whole BMP of a rare kind cannot be used, and what to do', async () => {
    const folder = await folderOf({ ...(await sound()), 'happy/os2.bmp': os2Bmp() });
    const { problems } = await checkPictures(folder);
    expect(problems).toEqual([
      {
        file: 'happy/os2.bmp',
        kind: 'unreadable',
        detail: expect.stringMatching(
          /^it is whole, but of a rare kind of BMP with the header of OS\/2: save it as PNG \(TensorFlow: "/,
        ),
        others: [],
      },
    ]);
  });

  // Of a BMP's header TensorFlow's DecodeBmp looks at where the pixels begin, width, height and bits alone.
  test.each([0, 99])(
    'says of a BMP whose header says it has %d bytes what the loader makes of it: a damaged picture',
    async (headerBytes) => {
      const damaged = Buffer.from(bmp(40, 40, 24));
      damaged.writeUInt32LE(headerBytes, 14);
      const folder = await folderOf({ ...(await sound()), 'happy/damaged.bmp': damaged });
      const { problems } = await checkPictures(folder);
      expect(problems).toContainEqual({
        file: 'happy/damaged.bmp',
        kind: 'damaged',
        detail: `it is read, but its header is damaged: that says it has ${headerBytes} bytes itself`,
        others: [],
      });
      expect(problems.map(({ kind }) => kind)).not.toContain('not-a-picture');
    },
  );

  test('says of a text that begins as a BMP does that it is no picture', async () => {
    const text = Buffer.from('BM'.padEnd(200, ' and more'));
    const { problems } = await checkPictures(
      await folderOf({ ...(await sound()), 'happy/text.bmp': text }),
    );
    expect(problems).toMatchObject([{ file: 'happy/text.bmp', kind: 'not-a-picture' }]);
  });

  test('names a class in whose pictures nothing is to be seen, and has the order of the labels', async () => {
    const plain = (red: number) => png(red, 9, 9, 40, 40);
    const folder = await folderOf({
      '10/1.png': await plain(1),
      '10/2.png': await plain(9),
      '2/1.png': await plain(200),
      '1/1.png': await plain(99),
      '1/2.png': await scene(1).png().toBuffer(),
    });
    const { classes, problems } = await checkPictures(folder);
    expect(classes).toEqual([
      { name: '1', count: 2 },
      { name: '10', count: 2 },
      { name: '2', count: 1 },
    ]);
    const { classNames } = await imageDatasetFromDirectory(folder);
    expect(classNames).toEqual(classes.map(({ name }) => name));
    const all = 'as the loader sees them, all of its pictures are nearly';
    expect(problems).toEqual([
      { file: '10', kind: 'no-contrast', detail: `${all} black: look at some`, others: [] },
      {
        file: '2',
        kind: 'no-contrast',
        detail: `${all} of one colour each: look at some`,
        others: [],
      },
    ]);
  });

  test('calls a name that is not in UTF-8 so, and not a missing file', async () => {
    const folder = await folderOf(await sound());
    const name = Buffer.concat([
      Buffer.from(`${folder}/happy/gl`),
      Buffer.of(0xfc),
      Buffer.from('.png'),
    ]);
    await writeFile(name, await scene(4).png().toBuffer());
    const { problems } = await checkPictures(folder);
    expect(problems).toEqual([
      {
        file: 'happy/gl\ufffd.png',
        kind: 'unreadable',
        detail: 'its name is not in UTF-8, and so it cannot be opened: give it another name',
        others: [],
      },
    ]);
  });

  test('tells of empty and of small classes, and counts the valid pictures of each', async () => {
    const folder = await folderOf({
      'a/1.png': await scene(1).png().toBuffer(),
      'a/2.png': await scene(2).png().toBuffer(),
      'a/3.png': await scene(3).png().toBuffer(),
      'b/1.png': await scene(4).png().toBuffer(),
      'c/.hidden.png': await scene(5).png().toBuffer(),
    });
    expect(await checkPictures(folder)).toEqual({
      files: 4,
      valid: 4,
      problems: [
        {
          file: 'b',
          kind: 'class-imbalance',
          detail: 'it holds 1 of the pictures, and "a" 3',
          others: ['a'],
        },
        {
          file: 'c',
          kind: 'empty-class',
          detail: 'it holds no picture that the loader reads',
          others: [],
        },
      ],
      classes: [
        { name: 'a', count: 3 },
        { name: 'b', count: 1 },
        { name: 'c', count: 0 },
      ],
    });
  });

  test('tells of classes whose names differ only in capitals', async () => {
    const folder = await folderOf({
      'Happy/1.png': await scene(1).png().toBuffer(),
      'happy/2.png': await scene(2).png().toBuffer(),
      'sad/3.png': await scene(3).png().toBuffer(),
    });
    const detail = (other: string) =>
      `its name differs from "${other}" only in capitals: they are two classes, as in Keras; if they are one, put their pictures into one folder`;
    expect((await checkPictures(folder)).problems).toEqual([
      { file: 'Happy', kind: 'like-named', detail: detail('happy'), others: ['happy'] },
      { file: 'happy', kind: 'like-named', detail: detail('Happy'), others: ['Happy'] },
    ]);
  });

  test('tells of pictures beside the class folders and of links, and looks into folders in a class', async () => {
    const folder = await folderOf({
      ...(await sound()),
      'lost.png': await jpeg(3),
      'readme.txt': 'x',
      'happy/more/deep.png': await scene(4).png().toBuffer(),
    });
    await mkdir(path.join(folder, '.elsewhere'));
    await symlink('../.elsewhere', path.join(folder, 'sad/linked'));
    await symlink('nothing', path.join(folder, 'sad/broken.png'));
    await symlink('sound.jpg', path.join(folder, 'sad/again.jpg'));
    const { files, valid, problems } = await checkPictures(folder);
    expect([files, valid]).toEqual([6, 4]);
    expect(problems.map(({ file, kind, detail }) => [file, kind, detail])).toEqual([
      ['sad/again.jpg', 'exact-duplicate', 'it has the same bytes as "sad/sound.jpg"'],
      ['sad/broken.png', 'unreadable', 'it does not exist'],
      ['sad/sound.jpg', 'exact-duplicate', 'it has the same bytes as "sad/again.jpg"'],
      [
        'lost.png',
        'outside-classes',
        'it lies beside the class folders, and so belongs to no class',
      ],
      [
        'sad/linked',
        'linked-folder',
        'it is a link to a folder, and the loader does not follow it',
      ],
    ]);
  });

  test('goes on where there is no permission to read a file', async () => {
    const folder = await folderOf({ ...(await sound()), 'sad/mine.png': await jpeg(3) });
    await chmod(folder, 0o755);
    await chmod(path.join(folder, 'sad/mine.png'), 0);
    await asNobody(async () => {
      const { valid, problems } = await checkPictures(folder);
      expect(valid).toBe(2);
      expect(problems).toEqual([
        {
          file: 'sad/mine.png',
          kind: 'unreadable',
          detail: 'there is no permission to read it',
          others: [],
        },
      ]);
    });
  });

  test('tells how far it has come', async () => {
    const steps: number[][] = [];
    const folder = await folderOf(await sound());
    await checkPictures(folder, { onProgress: (done, files) => steps.push([done, files]) });
    expect(steps.at(-1)).toEqual([2, 2]);
  });

  test.each([
    ['missing', 'Cannot read folder "missing": it does not exist'],
    [
      'src/cli',
      'Cannot load pictures from "src/cli": folders for at least two classes are required, got none',
    ],
    [7 as unknown as string, 'Cannot check pictures: a folder is required as a text, got 7'],
  ])('refuses %j', async (folder, message) => {
    await expect(checkPictures(folder)).rejects.toThrow(message);
  });

  test('says what is wrong with a manifest that is no JSON', async () => {
    const folder = await folderOf({ ...(await sound()), 'manifest.json': '[{' });
    await expect(checkPictures(folder)).rejects.toThrow(
      /^Cannot read ".*manifest\.json": JSON is required, got /,
    );
    await writeFile(path.join(folder, 'manifest.json'), '{"name":"a web page"}');
    expect((await checkPictures(folder)).problems).toEqual([]);
  });
});
