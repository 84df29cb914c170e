import { decodePicture } from '../../../src/images/decoding/decodePicture';
import { checkedResizing } from '../../../src/images/formats/resizing';
import { UnreadablePicture } from '../../../src/images/formats/UnreadablePicture';
import { tf } from '../../../src/tensorflow/tf';
import { bmp, png, speckled } from '../../support/pictures';

// That each format has Keras' pixel values is tested in imageDatasetFromDirectory.test.ts.
const SMALL = checkedResizing('Cannot load', { imageSize: [2, 3] });

test('decodePicture() gives float32 pixels and leaves one tensor', async () => {
  const bytes = await png(10, 20, 30, 5, 5);
  const before = tf.memory().numTensors;
  const picture = decodePicture(bytes, '"a.png"', SMALL);
  expect(tf.memory().numTensors).toBe(before + 1);
  expect([picture.shape, picture.dtype]).toEqual([[2, 3, 3], 'float32']);
  expect(Array.from(picture.dataSync().slice(0, 3))).toEqual([10, 20, 30]);
  picture.dispose();
});

test('decodePicture() throws on a file cut off anywhere, and leaks nothing', async () => {
  const picture = speckled(30, 30, 3);
  const encoded = {
    png: await picture.clone().png().toBuffer(),
    jpeg: await picture.clone().jpeg().toBuffer(),
    gif: await picture.clone().gif().toBuffer(),
    webp: await picture.clone().webp().toBuffer(),
    bmp: bmp(30, 30, 24),
  };
  const before = tf.memory().numTensors;
  for (const [format, bytes] of Object.entries(encoded)) {
    for (const share of [0, 0.01, 0.1, 0.5, 0.9]) {
      const decode = () => decodePicture(bytes.subarray(0, bytes.length * share), format, SMALL);
      expect(decode).toThrow(UnreadablePicture);
      expect(decode).toThrow(new RegExp(`^Cannot read picture ${format}: it is `));
    }
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('decodePicture() quotes TensorFlow on what it cannot decode', async () => {
  const bytes = await speckled(30, 30, 3).png().toBuffer();
  expect(() => decodePicture(bytes.subarray(0, 100), '"a.png"', SMALL)).toThrow(
    /^Cannot read picture "a\.png": it is cut off, damaged or of a rare kind \(TensorFlow: "Invalid PNG data/,
  );
});

test('decodePicture() says what a transparent WebP is read with', async () => {
  const bytes = await speckled(30, 30, 4).webp().toBuffer();
  expect(() => decodePicture(bytes, '"a.png"', SMALL)).toThrow(
    'Cannot read picture "a.png": it is a transparent WebP, which is read only with a background',
  );
});
