import { nativeLibrary } from '../../../src/tensorflow/native/nativeBackend';
import { readFileSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';

import { decodePicture } from '../../../src/images/decoding/decodePicture';
import { lookAtPictures } from '../../../src/images/datasets/listReadablePictures';
import { readPictureFile } from '../../../src/images/formats/pictureFile';
import { PictureStream } from '../../../src/images/decoding/pictureStream';
import { checkedResizing, type Resizing } from '../../../src/images/formats/resizing';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { nativeTensors } from '../../support/nativeOps';
import { bmp, folderWith, speckled } from '../../support/pictures';

let folder: string;
const file = (name: string) => ({ path: `${folder}/${name}`, label: 0 });

/** What Keras' library makes of `ratio`, the shrinking of its JPEG decoder. */
const SHRUNK = `
import json, sys, tensorflow as tf
def load(path, ratio):
    image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3, ratio=ratio)
    return tf.image.resize(image, (20, 30)).numpy().ravel().tolist()
folder = sys.argv[1]
print(json.dumps({f'{name}.jpg': load(f'{folder}/{name}.jpg', ratio) for name, ratio in
    [('240 × 160', 8), ('239 × 152', 4), ('60 × 100', 2), ('59 × 39', 2), ('58 × 38', 1), ('30 × 20', 1), ('9 × 800', 1)]}))
`;
let shrunk: Record<string, number[]>;

beforeAll(async () => {
  const jpegs: Record<string, Buffer> = {};
  for (const [width, height] of [
    [240, 160],
    [239, 152],
    [60, 100],
    [59, 39],
    [58, 38],
    [30, 20],
    [9, 800],
  ] as const) {
    jpegs[`${width} × ${height}.jpg`] = await speckled(width, height, 3).jpeg().toBuffer();
  }
  const png = await speckled(240, 160, 3).png().toBuffer();
  const cutOff = png.subarray(0, png.length / 2);
  folder = await folderWith({ ...jpegs, 'large.png': png, 'cut off.png': cutOff });
  shrunk = await runPython(SHRUNK, [folder]);
});

afterAll(() => rm(folder, { recursive: true }));

async function pixelsOf(names: string[], options: Resizing): Promise<Array<number[] | undefined>> {
  const resizing = checkedResizing('Cannot load', options);
  const { readable } = await lookAtPictures(names.map(file), false);
  const stream = new PictureStream(readable, resizing, 4);
  const pixels: Array<number[] | undefined> = [];
  for (let i = 0; i < names.length; i++) {
    const picture = await stream.next();
    pixels.push(picture === undefined ? undefined : takeValues(picture));
  }
  stream.close();
  stream.close();
  return pixels;
}

function takeValues(id: number): number[] {
  const { binding } = nativeLibrary();
  const values = Array.from(binding.tensorDataSync(id) as Float32Array);
  binding.deleteTensor(id);
  return values;
}

/** Bytes that this process has read so far, in whichever thread, as Linux counts them. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}

/** Keeps JavaScript's thread for itself, as a training step does, until others have read so much. */
function holdThreadUntilRead(bytes: number): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const patience = performance.now() + 60_000;
  while (bytesRead() < bytes && performance.now() < patience) Atomics.wait(sleeper, 0, 0, 20);
}

test('PictureStream goes on decoding while a step holds the main thread', async () => {
  const picture = bmp(1000, 800, 24);
  const names = Array.from({ length: 12 }, (_, i) => `${i}.bmp`);
  const own = await folderWith(Object.fromEntries(names.map((name) => [name, picture])));
  const files = names.map((name) => ({ path: `${own}/${name}`, label: 0 }));
  const { readable } = await lookAtPictures(files, false);
  const resizing = checkedResizing('Cannot load', { imageSize: [10, 12] });
  const enough = bytesRead() + names.length * picture.length;
  const stream = new PictureStream(readable, resizing, names.length);
  const ahead = [await stream.next()];
  holdThreadUntilRead(enough);
  rmSync(own, { recursive: true });
  while (ahead.length < names.length) ahead.push(await stream.next());
  stream.close();
  const alone = decodePicture(picture, 'alone', resizing);
  const expected = Array.from(alone.dataSync());
  alone.dispose();
  expect(ahead.map((id) => id && takeValues(id))).toEqual(names.map(() => expected));
});

test('PictureStream gives what TensorFlow can decode, and goes on after what it cannot', async () => {
  const names = ['cut off.png', 'large.png', 'cut off.png', '59 × 39.jpg', 'cut off.png'];
  await pixelsOf(names, {});
  const before = [tf.memory().numTensors, nativeTensors()];
  const pixels = await pixelsOf(names, { imageSize: [10, 12] });
  expect(pixels.map((each) => each?.length)).toEqual([undefined, 360, undefined, 360, undefined]);
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

test.each<Resizing>([
  { interpolation: 'bilinear' },
  { interpolation: 'nearest' },
  { interpolation: 'bilinear', shrinkOnLoad: true },
  { interpolation: 'nearest', shrinkOnLoad: true },
  { colorMode: 'grayscale' },
  { colorMode: 'grayscale', shrinkOnLoad: true, cropToAspectRatio: true },
])('PictureStream gives the pixels of decodePicture(), %j', async (options) => {
  const resizing = checkedResizing('Cannot load', { imageSize: [20, 30], ...options });
  const names = [...Object.keys(shrunk), 'large.png'];
  const pixels = await pixelsOf(names, resizing);
  for (const [i, name] of names.entries()) {
    const alone = decodePicture(await readPictureFile(file(name).path), name, resizing);
    expect({ name, pixels: pixels[i] }).toEqual({ name, pixels: Array.from(alone.dataSync()) });
    alone.dispose();
  }
});

test.each([true, false])(
  'PictureStream gives alpha, too, shrinkOnLoad %j',
  async (shrinkOnLoad) => {
    const options: Resizing = { imageSize: [20, 30], colorMode: 'rgba', shrinkOnLoad };
    const [pixels] = await pixelsOf(['large.png'], options);
    const resizing = checkedResizing('Cannot load', options);
    const alone = decodePicture(await readPictureFile(file('large.png').path), 'large', resizing);
    expect(pixels).toEqual(Array.from(alone.dataSync()));
    expect(pixels).toHaveLength(20 * 30 * 4);
    alone.dispose();
  },
);

test('shrinkOnLoad decodes a JPEG at the least size that is not below what is asked for', async () => {
  const names = Object.keys(shrunk);
  const pixels = await pixelsOf(names, { imageSize: [20, 30], shrinkOnLoad: true });
  for (const [i, name] of names.entries()) {
    expect({ name, pixels: pixels[i] }).toEqual({ name, pixels: shrunk[name] });
  }
});

test('shrinkOnLoad changes large JPEGs alone', async () => {
  const names = ['240 × 160.jpg', '58 × 38.jpg', 'large.png'];
  const [whole, small] = [false, true].map((shrinkOnLoad) =>
    pixelsOf(names, { imageSize: [20, 30], shrinkOnLoad }),
  );
  const [a, b] = [await whole!, await small!];
  expect(names.map((_, i) => JSON.stringify(a[i]) === JSON.stringify(b[i]))).toEqual([
    false,
    true,
    true,
  ]);
});
