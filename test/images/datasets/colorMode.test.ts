import { rm } from 'node:fs/promises';
import path from 'node:path';

import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { imageDatasetFromFiles } from '../../../src/images/datasets/imageDatasetFromFiles';
import { loadImage } from '../../../src/images/datasets/loadImage';
import { readingOf } from '../../../src/images/datasets/withReading';
import type { ColorMode } from '../../../src/images/formats/colorMode';
import type { Resizing } from '../../../src/images/formats/resizing';
import { UnreadablePicture } from '../../../src/images/formats/UnreadablePicture';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { animatedGif, bmp, folderWith, png, speckled, speckled16 } from '../../support/pictures';

// Each picture as Keras loads it, and null where it raises.
const KERAS = `
import json, sys, keras, tensorflow as tf

def load(directory, **options):
    dataset = keras.utils.image_dataset_from_directory(
        directory, shuffle=False, batch_size=1, image_size=(20, 24), **options)
    batches = iter(dataset)
    def following():
        try:
            return next(batches)[0].numpy()[0]
        except tf.errors.InvalidArgumentError:
            return None
    pictures = [following() for _ in dataset.file_paths]
    return [None if picture is None else picture.tolist() for picture in pictures]

folder, = sys.argv[1:]
print(json.dumps({
    f'{color_mode} {interpolation} {crop}': load(
        folder, color_mode=color_mode, interpolation=interpolation, crop_to_aspect_ratio=crop)
    for color_mode in ['grayscale', 'rgb', 'rgba']
    for interpolation, crop in [('bilinear', False), ('nearest', False), ('bilinear', True)]
}))
`;

type Pixels = number[][][];

let folder: string;
let files: string[];
let keras: Record<string, Array<Pixels | null>>;
const rgb = speckled(37, 29, 3);
const rgba = speckled(37, 29, 4);

beforeAll(async () => {
  folder = await folderWith({
    'a/animated.gif': await animatedGif(),
    'a/bmp of 24 bits.bmp': bmp(37, 29, 24),
    'a/bmp of 32 bits.bmp': bmp(37, 29, 32),
    'a/bmp of 8 bits.bmp': bmp(37, 29, 8),
    'a/still.gif': await rgb.clone().gif().toBuffer(),
    'b/alpha.png': await rgba.clone().png().toBuffer(),
    'b/colour.jpg': await rgb.clone().jpeg().toBuffer(),
    'b/colour.png': await rgb.clone().png().toBuffer(),
    'b/grey with alpha.png': await speckled(37, 29, 2).toColourspace('b-w').png().toBuffer(),
    'b/grey.jpg': await rgb.clone().toColourspace('b-w').jpeg().toBuffer(),
    'b/grey.png': await rgb.clone().toColourspace('b-w').png().toBuffer(),
    'b/palette with alpha.png': await rgba.clone().png({ palette: true, colours: 16 }).toBuffer(),
    'b/palette.png': await rgb.clone().png({ palette: true, colours: 16 }).toBuffer(),
    'b/print.jpg': await rgb.clone().toColourspace('cmyk').jpeg().toBuffer(),
    'b/progressive.jpg': await rgb.clone().jpeg({ progressive: true }).toBuffer(),
    'b/same size.png': await speckled(24, 20, 3).png().toBuffer(),
    'b/webp with alpha.png': await rgba.clone().webp({ lossless: true }).toBuffer(),
    'b/webp inside.jpg': await rgb.clone().webp({ lossless: true }).toBuffer(),
    'b/16 bits.png': await speckled16(37, 29).toColourspace('rgb16').png().toBuffer(),
  });
  jest.spyOn(console, 'warn').mockImplementation();
  const { filePaths } = await imageDatasetFromDirectory(folder, { shuffle: false });
  files = [...filePaths];
  keras = await runPython(KERAS, [folder]);
});

afterAll(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function pixelsOf(file: string, options: Resizing): Promise<Pixels | null> {
  try {
    const picture = await loadImage(file, { imageSize: [20, 24], ...options });
    const pixels = picture.arraySync();
    picture.dispose();
    return pixels;
  } catch (error) {
    if (error instanceof UnreadablePicture) return null;
    throw error;
  }
}

describe.each<ColorMode>(['grayscale', 'rgb', 'rgba'])('colorMode %j', (colorMode) => {
  test.each([
    ['bilinear', false],
    ['nearest', false],
    ['bilinear', true],
  ] as const)(
    "gives the pixels of Keras' color_mode, and refuses what it refuses, %s, cropped: %j",
    async (interpolation, cropToAspectRatio) => {
      const theirs = keras[`${colorMode} ${interpolation} ${cropToAspectRatio ? 'True' : 'False'}`];
      const options = { colorMode, interpolation, cropToAspectRatio };
      for (const [i, file] of files.entries()) {
        const pixels = await pixelsOf(file, options);
        expect({ file, pixels }).toEqual({ file, pixels: theirs?.[i] });
      }
      // In a batch they are the same, from the cache as well.
      const read = files.filter((_, i) => theirs?.[i]).map((file) => ({ path: file, label: 0 }));
      const batches = await imageDatasetFromFiles(read, {
        ...options,
        classNames: ['a', 'b'],
        imageSize: [20, 24],
        shuffle: false,
      });
      for (const pass of ['first', 'second']) {
        const [batch] = await batches.toArray();
        const expected = { pass, xs: theirs?.filter(Boolean) };
        expect({ pass, xs: batch!.xs.arraySync() }).toEqual(expected);
        tf.dispose(batch);
      }
    },
  );
});

test('a picture that a color mode refuses is named before anything is trained, and why', async () => {
  const kinds: Array<[ColorMode, string, string]> = [
    ['grayscale', 'a/animated.gif', 'GIF'],
    ['grayscale', 'a/bmp of 24 bits.bmp', 'BMP'],
    ['grayscale', 'b/print.jpg', 'JPEG in the colours of print (CMYK)'],
    ['grayscale', 'b/webp inside.jpg', 'WebP'],
    ['rgba', 'a/still.gif', 'GIF'],
    ['rgba', 'b/grey.jpg', 'JPEG'],
    ['rgba', 'b/webp inside.jpg', 'WebP'],
  ];
  for (const [colorMode, name, kind] of kinds) {
    const reason = `it is a ${kind}, which the loader, like that of Keras, does not read with colorMode "${colorMode}": save it as PNG`;
    const file = path.join(folder, name);
    const message = `Cannot read picture ${JSON.stringify(file)}: ${reason}`;
    await expect(loadImage(file, { colorMode })).rejects.toThrow(message);
    const list = imageDatasetFromFiles([{ path: file, label: 0 }], {
      classNames: ['a', 'b'],
      colorMode,
    });
    await expect(list).rejects.toThrow(message);
  }
  await expect(imageDatasetFromDirectory(folder, { colorMode: 'rgba' })).rejects.toThrow(
    /animated\.gif": it is a GIF, .*"rgba".*\(at least 7 pictures cannot be read\)$/,
  );
});

test('skipUnreadable leaves out what the color mode does not read', async () => {
  const mixed = await folderWith({
    'a/1.png': await png(),
    'a/2.gif': await rgb.clone().gif().toBuffer(),
    'b/1.jpg': await rgb.clone().jpeg().toBuffer(),
    'b/2.png': await rgba.clone().webp({ lossless: true }).toBuffer(),
  });
  const dataset = await imageDatasetFromDirectory(mixed, {
    shuffle: false,
    colorMode: 'grayscale',
    skipUnreadable: true,
  });
  expect(dataset.filePaths.map((file) => file.slice(mixed.length))).toEqual([
    '/a/1.png',
    '/b/1.jpg',
  ]);
  expect(dataset.skipped).toEqual([
    { path: `${mixed}/a/2.gif`, reason: expect.stringMatching(/^it is a GIF, .* "grayscale"/) },
    { path: `${mixed}/b/2.png`, reason: expect.stringMatching(/^it is a WebP, .* "grayscale"/) },
  ]);
  const options = { colorMode: 'rgba', skipUnreadable: true, shuffle: false } as const;
  const { filePaths } = await imageDatasetFromDirectory(mixed, options);
  expect(filePaths.map((file) => file.slice(mixed.length))).toEqual(['/a/1.png', '/b/2.png']);
  await rm(mixed, { recursive: true });
});

test('a dataset keeps as many bytes as its channels need, and hands on its color mode', async () => {
  const own = await folderWith({ 'a/1.png': await png(1), 'b/1.png': await png(2) });
  for (const [colorMode, bytes] of [
    ['grayscale', 2 * 2 * 2],
    ['rgb', 2 * 2 * 2 * 3],
    ['rgba', 2 * 2 * 2 * 4],
  ] as const) {
    // Pictures that were not resized are kept with one byte a number.
    const dataset = await imageDatasetFromDirectory(own, { colorMode, imageSize: [2, 2] });
    await dataset.forEachAsync((batch) => void tf.dispose(batch));
    expect(dataset.cache.memory.used).toBe(bytes);
    expect(readingOf(dataset.take(1))).toMatchObject({ colorMode });
  }
  await rm(own, { recursive: true });
});

test('a transparent picture is laid on a background as a grey one too, and keeps its alpha with "rgba"', async () => {
  // By hand: 200 · 64/255 + 100 · 191/255 = 125.1, and 200 · 64/255 + 255 · 191/255 = 241.2.
  const grey = Buffer.from([200, 200, 200, 64, 10, 10, 10, 255, 90, 90, 90, 0]);
  const bytes = await (
    await import('sharp')
  )
    .default(grey, { raw: { width: 3, height: 1, channels: 4 } })
    .png()
    .toBuffer();
  const values = async (options: Resizing) => {
    const picture = await loadImage(bytes, { imageSize: [1, 3], ...options });
    return Array.from(picture.dataSync());
  };
  const background = [100, 100, 100] as const;
  expect(await values({ colorMode: 'grayscale', background })).toEqual([125, 10, 100]);
  expect(await values({ colorMode: 'grayscale', background: 'white' })).toEqual([241, 10, 255]);
  expect(await values({ colorMode: 'grayscale' })).toEqual([200, 10, 90]);
  expect(await values({ colorMode: 'rgba' })).toEqual([...grey]);
  await expect(loadImage(bytes, { colorMode: 'rgba', background: 'white' })).rejects.toThrow(
    new TypeError(
      'Cannot load picture: a background has no sense with colorMode "rgba", where the network gets the transparency itself, got "white"',
    ),
  );
});

test('with "rgba" nothing is said about transparency that is dropped, since none is', async () => {
  const own = await folderWith({
    'a/1.png': await rgba.clone().png().toBuffer(),
    'b/1.png': await rgba.clone().png().toBuffer(),
  });
  jest.mocked(console.warn).mockClear();
  await imageDatasetFromDirectory(own, { colorMode: 'rgba' });
  await loadImage(`${own}/a/1.png`, { colorMode: 'rgba' });
  expect(console.warn).not.toHaveBeenCalled();
  await imageDatasetFromDirectory(own, { colorMode: 'grayscale' });
  expect(console.warn).toHaveBeenCalledTimes(1);
  await rm(own, { recursive: true });
});
