import { nativeLibrary } from '../../../src/tensorflow/native/nativeBackend';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import sharp, { type Sharp } from 'sharp';

import { evaluatePictures } from '../../../src/evaluation/evaluatePictures';
import { predictFolder } from '../../../src/evaluation/predictFolder';
import { checkPictures } from '../../../src/collections/checking/checkPictures';
import { hasTransparentPixels } from '../../../src/images/formats/hasTransparentPixels';
import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { loadImage } from '../../../src/images/datasets/loadImage';
import { PictureStream } from '../../../src/images/decoding/pictureStream';
import { lookAtPictures } from '../../../src/images/datasets/listReadablePictures';
import { checkedResizing, type Resizing } from '../../../src/images/formats/resizing';
import { mayBeTransparent } from '../../../src/images/formats/transparentColour';
import { tf } from '../../../src/tensorflow/tf';
import { smallClassifier } from '../../support/classifier';
import { folderWith, png, speckled } from '../../support/pictures';

/** Four pixels in a row: red that is opaque, red that is half so, blue that is not, black that is opaque. */
const PIXELS = [
  [255, 0, 0, 255],
  [255, 0, 0, 128],
  [0, 0, 255, 0],
  [0, 0, 0, 255],
];
const row = (pixels: number[][]) =>
  sharp(Uint8Array.from(pixels.flat()), {
    raw: { width: pixels.length, height: 1, channels: pixels[0]!.length as 4 },
  });

let warn: jest.SpyInstance;
beforeEach(() => (warn = jest.spyOn(console, 'warn').mockImplementation()));
afterEach(() => warn.mockRestore());
const said = () => warn.mock.calls.map(([line]) => line as string);

async function pixelsOf(picture: Buffer | string, options: Resizing = {}): Promise<number[][]> {
  const image = await loadImage(picture, {
    imageSize: [1, 4],
    interpolation: 'nearest',
    ...options,
  });
  return tf.tidy(() => image.reshape([-1, 3]).arraySync() as number[][]);
}

/** A BMP of 32 bits with a V4 header, whose pixels stand from the bottom up, blue first; the mask says where alpha lies. */
function bmpWithAlpha(pixels: number[][], alphaMask = 0xff000000): Buffer {
  const bytes = Buffer.alloc(14 + 108 + 4 * pixels.length);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(14 + 108, 10);
  bytes.writeUInt32LE(108, 14);
  bytes.writeInt32LE(pixels.length, 18);
  bytes.writeInt32LE(1, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(32, 28);
  bytes.writeUInt32LE(3, 30); // BI_BITFIELDS
  [0xff0000, 0xff00, 0xff, alphaMask].forEach((mask, i) => bytes.writeUInt32LE(mask, 54 + 4 * i));
  pixels.forEach(([red, green, blue, alpha], i) =>
    bytes.set([blue!, green!, red!, alpha!], 14 + 108 + 4 * i),
  );
  return bytes;
}

test('the alpha of a BMP of 32 bits is seen, and laid on the background, as that of a PNG', async () => {
  const [picture, png] = [bmpWithAlpha(PIXELS), await row(PIXELS).png().toBuffer()];
  expect([mayBeTransparent(picture), await hasTransparentPixels(picture)]).toEqual([true, true]);
  for (const options of [{}, { background: 'white' }, { background: '#0a141e' }] as const) {
    expect(await pixelsOf(picture, options)).toEqual(await pixelsOf(png, options));
  }
  const folder = await folderWith({
    'a/1.bmp': picture,
    'b/2.png': await speckled(4, 4, 3).png().toBuffer(),
  });
  const { problems } = await checkPictures(folder);
  expect(problems.map(({ file, kind }) => `${file} ${kind}`)).toContain('a/1.bmp transparent');
  await rm(folder, { recursive: true });
  const opaque = bmpWithAlpha(PIXELS.map(([r, g, b]) => [r!, g!, b!, 255]));
  expect([mayBeTransparent(opaque), await hasTransparentPixels(opaque)]).toEqual([true, false]);
});

test('a BMP of 32 bits whose fourth byte is no alpha has no transparency', async () => {
  const picture = bmpWithAlpha(PIXELS, 0);
  expect([mayBeTransparent(picture), await hasTransparentPixels(picture)]).toEqual([false, false]);
  expect((await pixelsOf(picture, { background: 'white' }))[2]).toEqual([0, 0, 255]);
});

test('a background shows through transparent pixels, and by half through half transparent ones', async () => {
  const picture = await row(PIXELS).png().toBuffer();
  // alpha · colour + (1 − alpha) · background: 0 · 128/255 + 255 · 127/255 = 127
  expect(await pixelsOf(picture, { background: 'white' })).toEqual([
    [255, 0, 0],
    [255, 127, 127],
    [255, 255, 255],
    [0, 0, 0],
  ]);
  expect((await pixelsOf(picture, { background: '#00ff00' }))[2]).toEqual([0, 255, 0]);
  // (255 · 128 + 10 · 127) ÷ 255 = 132.98; (255 · 128 + 0) ÷ 255 = 128
  const grey = await row([[255, 255, 255, 128]])
    .png()
    .toBuffer();
  const [laid] = await pixelsOf(grey, { imageSize: [1, 1], background: [10, 0, 0] });
  expect(laid).toEqual([133, 128, 128]);
});

test('without a background the colours under transparent pixels show, as in Keras', async () => {
  expect(await pixelsOf(await row(PIXELS).png().toBuffer())).toEqual(
    PIXELS.map((pixel) => pixel.slice(0, 3)),
  );
});

test('a background shows through a GIF, which is black there without one, as in TensorFlow', async () => {
  const hard = PIXELS.map(([r, g, b, alpha]) => [r!, g!, b!, alpha === 128 ? 0 : alpha!]);
  const gif = await row(hard).gif().toBuffer();
  expect((await pixelsOf(gif))[2]).toEqual([0, 0, 0]);
  expect(await pixelsOf(gif, { background: [9, 8, 7] })).toEqual([
    [255, 0, 0],
    [9, 8, 7],
    [9, 8, 7],
    [0, 0, 0],
  ]);
});

const kinds: [string, boolean, () => Promise<Buffer>][] = [
  ['a PNG with an alpha channel', true, () => row(PIXELS).png().toBuffer()],
  ['a PNG of 16 bits', true, () => row(PIXELS).toColourspace('rgb16').png().toBuffer()],
  ['a PNG with a palette', true, () => row(PIXELS).png({ palette: true }).toBuffer()],
  [
    'a grey PNG with alpha',
    true,
    () =>
      row([[9, 0]])
        .png()
        .toBuffer(),
  ],
  ['a GIF', true, () => row(PIXELS).gif().toBuffer()],
  [
    'an opaque PNG with an alpha channel',
    false,
    () =>
      row([[9, 9, 9, 255]])
        .png()
        .toBuffer(),
  ],
  ['a PNG without one', false, () => png()],
  [
    'a PNG with a palette that is opaque',
    false,
    () =>
      row([[9, 9, 9]])
        .png({ palette: true })
        .toBuffer(),
  ],
  ['a JPEG', false, () => speckled(8, 8, 3).jpeg().toBuffer()],
  ['no picture', false, async () => Buffer.from('<html>')],
];
test.each(kinds)('hasTransparentPixels() tells of %s: %j', async (_, expected, picture) => {
  const bytes = await picture();
  expect(await hasTransparentPixels(bytes)).toBe(expected);
  if (expected) expect(mayBeTransparent(bytes)).toBe(true);
});

test('what is decoded ahead is laid on the background as well', async () => {
  const folder = await folderWith({
    '1.png': await png(1, 2, 3, 4, 1),
    '2.png': await row(PIXELS).png().toBuffer(),
    '3.png': await png(4, 5, 6, 4, 1),
  });
  const { readable } = await lookAtPictures(
    [1, 2, 3].map((n) => ({ path: path.join(folder, `${n}.png`), label: 0 })),
    false,
  );
  const resizing = checkedResizing('', { imageSize: [1, 4], background: 'white' });
  const stream = new PictureStream(readable, resizing, 3);
  const ids = [await stream.next(), await stream.next(), await stream.next()];
  stream.close();
  const { binding } = nativeLibrary();
  // The second one is left to the caller, who decodes it with its background.
  expect(ids[1]).toBeUndefined();
  expect([...binding.tensorDataSync(ids[2]!)].slice(0, 3)).toEqual([4, 5, 6]);
  for (const id of [ids[0]!, ids[2]!]) binding.deleteTensor(id);
  await rm(folder, { recursive: true });
});

describe('a folder with two transparent pictures of four', () => {
  let folder: string;
  let onWhite: string;
  beforeEach(async () => {
    const face = (mouth: number) =>
      row([...PIXELS.slice(0, 3), [mouth, mouth, 0, 255]]).resize(4, 4, { kernel: 'nearest' });
    const files = async (change: (picture: Sharp) => Sharp) => ({
      'happy/1.png': await change(face(0)).png().toBuffer(),
      'happy/2.png': await png(9, 0, 0, 4, 4),
      'sad/1.png': await change(face(200)).png().toBuffer(),
      'sad/2.png': await row([[9, 9, 0, 255]])
        .resize(4, 4)
        .png()
        .toBuffer(),
    });
    folder = await folderWith(await files((picture) => picture));
    const flat = await files((picture) => picture);
    for (const name of ['happy/1.png', 'sad/1.png'] as const) {
      flat[name] = await sharp(flat[name]).flatten({ background: 'white' }).png().toBuffer();
    }
    onWhite = await folderWith(flat);
  });
  afterEach(async () => {
    for (const made of [folder, onWhite]) await rm(made, { recursive: true });
  });

  const sentence = (who: string) =>
    `${who} transparent pixels. As in Keras transparency is dropped, and the colours hidden under it show, mostly black. To lay such pictures on white, set background: 'white' where they are loaded and in the classifier's input (in the terminal: --background white).`;

  test('is told of once where it is loaded to train', async () => {
    const load = () => imageDatasetFromDirectory(folder, { imageSize: [4, 4] });
    await load();
    await load();
    const first = JSON.stringify(path.join(folder, 'happy/1.png'));
    expect(said()).toEqual([sentence(`2 of 4 pictures, the first of them ${first}, have`)]);
  });

  test('is told of once where its pictures are classified', async () => {
    const classifier = smallClassifier(1);
    await predictFolder(classifier, path.join(folder, 'sad'));
    await predictFolder(classifier, path.join(folder, 'sad'));
    const first = JSON.stringify(path.join(folder, 'sad/1.png'));
    expect(said()).toEqual([sentence(`1 of 2 pictures, the first of them ${first}, has`)]);
    const one = path.join(folder, 'happy/1.png');
    await loadImage(one, { imageSize: [4, 4] });
    await loadImage(one, { imageSize: [4, 4] });
    expect(said()[1]).toBe(sentence(`The picture ${JSON.stringify(one)} has`));
    expect(said()).toHaveLength(2);
    classifier.model.dispose();
  });

  test('is the same as one that was laid on white, with that background, and nothing is said', async () => {
    const { input, ...others } = smallClassifier(1);
    const classifier = { ...others, input: { ...input, background: 'white' } as const };
    const answersIn = async (of: string) => {
      const labelled = [0, 1].map((label) => ({
        path: path.join(of, ['happy', 'sad'][label]!, '1.png'),
        label,
      }));
      const { answers } = await evaluatePictures(classifier, labelled);
      const { predictions } = await predictFolder(classifier, of);
      return [...answers, ...predictions].map(({ probability }) => probability);
    };
    const tensors = tf.memory().numTensors;
    const expected = await answersIn(onWhite);
    // Where a batch lies in memory may change the order in which it is summed up.
    expect(await answersIn(folder)).toEqual(expected.map((value) => expect.closeTo(value, 6)));
    expect(tf.memory().numTensors).toBe(tensors);
    expect(said()).toEqual([]);
    classifier.model.dispose();
  });

  test('is told of by checkPictures(), unless there is a background', async () => {
    const found = async (background?: 'white') => {
      const { problems } = await checkPictures(folder, { background });
      return problems.filter(({ kind }) => kind === 'transparent').map(({ file }) => file);
    };
    expect(await found()).toEqual(['happy/1.png', 'sad/1.png']);
    expect(await found('white')).toEqual([]);
  });
});
