import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadImage } from '../../../src/images/datasets/loadImage';
import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { PictureStream } from '../../../src/images/decoding/pictureStream';
import { lookAtPictures } from '../../../src/images/datasets/listReadablePictures';
import { checkedResizing, type Resizing } from '../../../src/images/formats/resizing';
import { fittingOf } from '../../../src/images/decoding/fittingOf';
import { tensorFromNative } from '../../../src/tensorflow/native/nativeTensor';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { folderWith, speckled } from '../../support/pictures';

const WAYS = ['crop_to_aspect_ratio', 'pad_to_aspect_ratio'] as const;
const TARGETS: Array<[number, number]> = [
  [4, 4],
  [10, 7],
  [3, 11],
];
/** Width and height: wide, high, square, proportioned as a target, thin, one pixel. */
const SIZES: Array<[number, number]> = [
  [10, 7],
  [7, 10],
  [9, 9],
  [14, 20],
  [33, 9],
  [61, 47],
  [13, 37],
  [40, 13],
  [1, 1],
];

const BY_KERAS = `
import json, sys, keras
folder, targets = sys.argv[1], json.loads(sys.argv[2])
print(json.dumps({
  f'{way} {target} {interpolation}': [x.numpy().ravel().tolist() for x, _ in keras.utils.image_dataset_from_directory(
    folder, image_size=target, shuffle=False, batch_size=1, interpolation=interpolation, verbose=False, **{way: True})]
  for way in ['crop_to_aspect_ratio', 'pad_to_aspect_ratio'] for target in targets
  for interpolation in ['bilinear', 'nearest']}))
`;

let folder: string;
let keras: Record<string, number[][]>;
let files: string[];

beforeAll(async () => {
  const pictures: Record<string, Buffer> = {};
  for (const [i, [width, height]] of SIZES.entries()) {
    const picture = speckled(width, height, 3);
    pictures[`a/${i}.png`] = await picture.png().toBuffer();
  }
  // JPEGs large enough to be decoded ahead, one of them with the proportions of a target.
  pictures['b/0.jpg'] = await speckled(640, 480, 3).jpeg().toBuffer();
  pictures['b/1.jpg'] = await speckled(500, 500, 3).jpeg().toBuffer();
  folder = await folderWith(pictures);
  files = Object.keys(pictures).map((name) => path.join(folder, name));
  keras = await runPython(BY_KERAS, [folder, JSON.stringify(TARGETS)]);
});

afterAll(() => rm(folder, { recursive: true }));

const optionsFor = (way: (typeof WAYS)[number], imageSize: [number, number]): Resizing => ({
  imageSize,
  [way === 'pad_to_aspect_ratio' ? 'padToAspectRatio' : 'cropToAspectRatio']: true,
});

const cases = WAYS.flatMap((way) =>
  TARGETS.flatMap((target) =>
    (['bilinear', 'nearest'] as const).map(
      (interpolation) => [way, target, interpolation] as const,
    ),
  ),
);

test.each(cases)(
  'loadImage() and a dataset with %s to %j, %s, give the pixels of Keras',
  async (way, target, interpolation) => {
    const options = { ...optionsFor(way, target), interpolation };
    const expected = keras[`${way} [${target.join(', ')}] ${interpolation}`]!;
    expect(expected).toHaveLength(files.length);
    const before = tf.memory().numTensors;
    const loaded: number[][] = [];
    for (const file of files) {
      const image = await loadImage(file, options);
      expect(image.shape).toEqual([...target, 3]);
      loaded.push(Array.from(image.dataSync()));
      image.dispose();
    }
    expect(loaded).toEqual(expected);
    const dataset = await imageDatasetFromDirectory(folder, {
      ...options,
      batchSize: 1,
      shuffle: false,
    });
    const passes: number[][] = [];
    await dataset.forEachAsync(({ xs }) => passes.push(Array.from(xs.dataSync())));
    expect(passes).toEqual(expected);
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('a picture that is shrunk on load is cropped and padded as large as it then is', async () => {
  const jpeg = await speckled(640, 480, 3).jpeg().toBuffer();
  const imageSize: [number, number] = [60, 60];
  for (const way of WAYS) {
    const options = { ...optionsFor(way, imageSize), shrinkOnLoad: true };
    const image = await loadImage(jpeg, options);
    expect(image.shape).toEqual([60, 60, 3]);
    image.dispose();
  }
  // 640 × 480 by 8 is 80 × 60, of which the middle 60 × 60 needs no resizing; padded it is 60 × 45.
  const cropped = fittingOf([640, 480], 8, checkedResizing('', optionsFor(WAYS[0], imageSize)));
  expect(cropped).toEqual({ crop: { top: 0, left: 10, height: 60, width: 60 } });
  const padded = fittingOf([640, 480], 8, checkedResizing('', optionsFor(WAYS[1], imageSize)));
  expect(padded).toEqual({ frame: { top: 7, left: 0, height: 45, width: 60 } });
});

test.each(cases)(
  'pictures that are decoded ahead with %s to %j, %s, have the pixels of Keras',
  async (way, target, interpolation) => {
    const resizing = checkedResizing('Cannot load', { ...optionsFor(way, target), interpolation });
    const { readable } = await lookAtPictures(
      files.map((file) => ({ path: file, label: 0 })),
      false,
    );
    const stream = new PictureStream(readable, resizing, 4);
    for (const expected of keras[`${way} [${target.join(', ')}] ${interpolation}`]!) {
      const picture = tensorFromNative((await stream.next())!, [...target, 3]);
      expect(Array.from(picture.dataSync())).toEqual(expected);
      picture.dispose();
    }
    stream.close();
  },
);
