import { rm } from 'node:fs/promises';

import type { ImageDatasetOptions } from '../../../src/images/datasets/datasetOptions';
import {
  type ImageDataset,
  imageDatasetFromDirectory,
} from '../../../src/images/datasets/imageDatasetFromDirectory';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import {
  animatedGif,
  bmp,
  folderWith,
  paddedJpeg,
  png,
  speckled,
  speckled16,
} from '../../support/pictures';

const KERAS = `
import json, sys, keras, numpy

def load(directory, **options):
    dataset = keras.utils.image_dataset_from_directory(directory, shuffle=False, **options)
    batches = [(x.numpy(), y.numpy()) for x, y in dataset]
    return {
        'classNames': dataset.class_names,
        'filePaths': dataset.file_paths,
        'shapes': [[list(x.shape), list(y.shape), str(y.dtype)] for x, y in batches],
        'ys': numpy.concatenate([y.ravel() for _, y in batches]).tolist(),
        'xs': numpy.concatenate([x for x, _ in batches]).reshape(len(dataset.file_paths), -1).tolist(),
    }

formats, names = sys.argv[1:]
small = dict(image_size=(1, 1), batch_size=4)
print(json.dumps({
    'bilinear': load(formats, image_size=(20, 24)),
    'nearest': load(formats, image_size=(20, 24), interpolation='nearest'),
    'binary': load(formats, label_mode='binary', **small),
    'categorical': load(names, label_mode='categorical', **small),
    'int': load(names, label_mode='int', **small),
    'training': load(names, validation_split=0.3, subset='training', **small),
    'validation': load(names, validation_split=0.3, subset='validation', **small),
}))
`;

interface Loaded {
  classNames: string[];
  filePaths: string[];
  shapes: [number[], number[], string][];
  ys: number[];
  xs: number[][];
}

const temporary: string[] = [];
let formats: string;
let names: string;
let keras: Record<string, Loaded>;

beforeAll(async () => {
  const rgb = speckled(37, 29, 3);
  const rgba = speckled(37, 29, 4);
  formats = await folderWith({
    'a/colour.jpg': await rgb.clone().jpeg().toBuffer(),
    'a/grey.jpeg': await rgb.clone().toColourspace('b-w').jpeg().toBuffer(),
    'a/progressive.jpg': await rgb.clone().jpeg({ progressive: true }).toBuffer(),
    'a/four colours of print.jpg': await rgb.clone().toColourspace('cmyk').jpeg().toBuffer(),
    'a/turned.jpg': await rgb.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'a/padded.jpg': await paddedJpeg([0xff, 0xff]),
    'a/small.jpg': await speckled(5, 7, 3).jpeg().toBuffer(),
    'a/webp inside.jpg': await rgb.clone().webp({ lossless: true }).toBuffer(),
    'a/jpeg inside.png': await rgb.clone().jpeg().toBuffer(),
    'b/alpha.png': await rgba.clone().png().toBuffer(),
    'b/palette.png': await rgb.clone().png({ palette: true, colours: 16 }).toBuffer(),
    'b/palette with alpha.png': await rgba.clone().png({ palette: true, colours: 16 }).toBuffer(),
    'b/grey.png': await rgb.clone().toColourspace('b-w').png().toBuffer(),
    'b/grey with alpha.png': await speckled(37, 29, 2).toColourspace('b-w').png().toBuffer(),
    'b/16 bits.png': await speckled16(37, 29).toColourspace('rgb16').png().toBuffer(),
    'b/interlaced.png': await rgb.clone().png({ progressive: true }).toBuffer(),
    'b/same size.png': await speckled(24, 20, 3).png().toBuffer(),
    'b/24 bits.bmp': bmp(37, 29, 24),
    'b/24 bits from the top.bmp': bmp(37, -29, 24),
    'b/32 bits.bmp': bmp(37, 29, 32),
    'b/8 bits.bmp': bmp(37, 29, 8),
    'b/still.gif': await rgb.clone().gif().toBuffer(),
    'b/see-through.gif': await rgba.clone().gif().toBuffer(),
    'b/animated.gif': await animatedGif(),
  });
  const face = await png(10, 20, 30);
  names = await folderWith(
    Object.fromEntries(
      [
        'Ａ/1.png',
        'Ａ/😀.png',
        'Ａ/Ａ.png',
        'Zebra/UPPER.PNG',
        'a b/with space.png',
        'a b/notes.txt',
        'new\nline/x\ny.png',
        '😀/1.png',
        '😀/10.png',
        '😀/2.png',
        '😀/b/x.png',
        '😀/b/c/x.png',
        '😀/b c/x.png',
        '😀/b.png/x.png',
        '.hidden/x.png',
        'beside the classes.png',
      ].map((name) => [name, face]),
    ),
  );
  temporary.push(formats, names);
  keras = await runPython(KERAS, [formats, names]);
});

afterAll(() => Promise.all(temporary.map((folder) => rm(folder, { recursive: true }))));

/** One pass over a dataset, in the form of the Keras script's answer. */
async function load(directory: string, options: ImageDatasetOptions): Promise<Loaded> {
  const dataset = await imageDatasetFromDirectory(directory, { shuffle: false, ...options });
  const loaded: Loaded = {
    classNames: [...dataset.classNames],
    filePaths: [...dataset.filePaths],
    shapes: [],
    ys: [],
    xs: [],
  };
  await dataset.forEachAsync(({ xs, ys }) => {
    loaded.shapes.push([xs.shape, ys.shape, ys.dtype]);
    loaded.ys.push(...ys.dataSync());
    loaded.xs.push(...(xs.reshape([xs.shape[0], -1]).arraySync() as number[][]));
  });
  expect(dataset.size).toBe(loaded.shapes.length);
  return loaded;
}

/** The labels of one pass, as they come. */
async function passOf(dataset: ImageDataset): Promise<number[]> {
  const order: number[] = [];
  await dataset.forEachAsync(({ xs }) => order.push(...xs.mean([1, 2, 3]).dataSync()));
  return order;
}

describe('imageDatasetFromDirectory() and Keras', () => {
  // Both decode and resize with the same ops of the same library: not one bit may differ.
  test.each(['bilinear', 'nearest'] as const)('give equal pixels, %s', async (interpolation) => {
    const ours = await load(formats, { imageSize: [20, 24], interpolation });
    const theirs = keras[interpolation];
    expect(ours.filePaths).toEqual(theirs?.filePaths);
    for (const [i, file] of ours.filePaths.entries()) {
      expect({ file, pixels: ours.xs[i] }).toEqual({ file, pixels: theirs?.xs[i] });
    }
  });

  test.each<[string, ImageDatasetOptions]>([
    ['categorical', { labelMode: 'categorical' }],
    ['int', { labelMode: 'int' }],
    ['training', { validationSplit: 0.3, subset: 'training' }],
    ['validation', { validationSplit: 0.3, subset: 'validation' }],
  ])('give equal classes, order, labels and batches, %s', async (name, options) => {
    const ours = await load(names, { imageSize: [1, 1], batchSize: 4, ...options });
    expect(ours).toEqual(keras[name]);
  });

  test('give equal labels, binary', async () => {
    const options = { imageSize: [1, 1], batchSize: 4, labelMode: 'binary' } as const;
    expect(await load(formats, options)).toEqual(keras['binary']);
  });
});

describe('imageDatasetFromDirectory()', () => {
  let twelve: string;
  const seeded = { imageSize: [2, 2], batchSize: 5, labelMode: 'binary', seed: 1 } as const;

  beforeAll(async () => {
    const files: [string, Buffer][] = [];
    for (let i = 0; i < 12; i++)
      files.push([`${i % 2 ? 'odd' : 'even'}/${i}.png`, await png(i, i, i)]);
    twelve = await folderWith(Object.fromEntries(files));
    temporary.push(twelve);
  });

  test('shuffles each pass anew, each picture once', async () => {
    const dataset = await imageDatasetFromDirectory(twelve, seeded);
    const [first, second] = [await passOf(dataset), await passOf(dataset)];
    expect(first).not.toEqual(second);
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect([...second].sort()).toEqual([...first].sort());
  });

  test('repeats its orders from the seed', async () => {
    const passes = async (seed: number) => {
      const dataset = await imageDatasetFromDirectory(twelve, { ...seeded, seed });
      return [await passOf(dataset), await passOf(dataset), await passOf(dataset)];
    };
    expect(await passes(1)).toEqual(await passes(1));
    expect(await passes(1)).not.toEqual(await passes(2));
  });

  test('draws no order for an iterator that nobody reads', async () => {
    const dataset = await imageDatasetFromDirectory(twelve, seeded);
    const other = await imageDatasetFromDirectory(twelve, seeded);
    await other.iterator();
    expect(await passOf(other)).toEqual(await passOf(dataset));
  });

  test('keeps labels with their pictures when shuffling', async () => {
    const dataset = await imageDatasetFromDirectory(twelve, seeded);
    await dataset.forEachAsync(({ xs, ys }) => {
      const values = Array.from(xs.mean([1, 2, 3]).dataSync());
      expect(Array.from(ys.dataSync())).toEqual(values.map((value) => value % 2));
    });
    for (const [i, file] of dataset.filePaths.entries()) {
      expect(file.includes('odd')).toBe(dataset.labels[i] === 1);
    }
  });

  test('splits shuffled pictures into two parts that share none', async () => {
    const split = { ...seeded, validationSplit: 0.25 };
    const training = await imageDatasetFromDirectory(twelve, { ...split, subset: 'training' });
    const validation = await imageDatasetFromDirectory(twelve, { ...split, subset: 'validation' });
    expect(training.filePaths).toHaveLength(9);
    expect(validation.filePaths).toHaveLength(3);
    expect(new Set([...training.filePaths, ...validation.filePaths]).size).toBe(12);
    expect([training.size, validation.size]).toEqual([2, 1]);
  });

  test('has the defaults of Keras', async () => {
    const dataset = await imageDatasetFromDirectory(twelve);
    const [batch] = await dataset.toArray();
    expect(batch?.xs.shape).toEqual([12, 256, 256, 3]);
    expect([batch?.ys.shape, batch?.ys.dtype]).toEqual([[12], 'int32']);
    tf.dispose(batch);
  });

  test('feeds fitDataset and evaluateDataset, rescaled, and leaks nothing', async () => {
    const dataset = await imageDatasetFromDirectory(twelve, seeded);
    const scaled = dataset.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [2, 2, 3] }),
        tf.layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
    const train = async () => {
      const history = await model.fitDataset(scaled, { epochs: 2, verbose: 0 });
      tf.dispose(await model.evaluateDataset(scaled, {}));
      return history;
    };
    await train();
    const before = tf.memory().numTensors;
    const { history } = await train();
    expect(history['loss']).toHaveLength(2);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test('leaks nothing when a pass is given up half way', async () => {
    const dataset = await imageDatasetFromDirectory(twelve, seeded);
    const before = tf.memory().numTensors;
    const pass = await dataset.iterator();
    tf.dispose((await pass.next()).value);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('names the damaged file and leaks nothing when a batch cannot be decoded', async () => {
    const whole = await speckled(20, 20, 3).png().toBuffer();
    const folder = await folderWith({
      'a/1.png': whole,
      'a/cut off.png': whole.subarray(0, whole.length / 2),
      'b/1.png': whole,
    });
    temporary.push(folder);
    const dataset = await imageDatasetFromDirectory(folder, { shuffle: false });
    const before = tf.memory().numTensors;
    await expect(dataset.forEachAsync(() => undefined)).rejects.toThrow(
      /^Cannot read picture ".*a\/cut off.png": it is cut off, damaged or of a rare kind \(TensorFlow: "Invalid PNG/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test('leaves unreadable pictures out, and says so, when told to', async () => {
    const whole = await speckled(20, 20, 3).png().toBuffer();
    const folder = await folderWith({
      'a/1.png': whole,
      'a/cut off.png': whole.subarray(0, whole.length / 2),
      'a/.hidden.png': whole,
      'b/1.png': whole,
      'b/empty.jpg': '',
      'b/notes.txt': 'hello',
    });
    temporary.push(folder);
    const before = tf.memory().numTensors;
    const dataset = await imageDatasetFromDirectory(folder, { skipUnreadable: true });
    expect(tf.memory().numTensors).toBe(before);
    expect(dataset.filePaths).toHaveLength(2);
    expect(dataset.skipped.map(({ path, reason }) => [path.slice(folder.length), reason])).toEqual([
      ['/a/.hidden.png', 'hidden'],
      ['/b/notes.txt', 'no .bmp, .gif, .jpeg, .jpg or .png'],
      ['/a/cut off.png', expect.stringMatching(/^it is cut off, damaged or of a rare kind/)],
      ['/b/empty.jpg', 'it is empty'],
    ]);
  });
});

describe('imageDatasetFromDirectory() throws', () => {
  test('when the path is no string', async () => {
    await expect(imageDatasetFromDirectory(undefined as unknown as string)).rejects.toThrow(
      new TypeError('Cannot load pictures: a folder is required as a text, got undefined'),
    );
  });

  test('when an option is wrong, before it looks at the folder', async () => {
    await expect(imageDatasetFromDirectory('nowhere', { batchSize: 0 })).rejects.toThrow(
      new RangeError(
        'Cannot load pictures from "nowhere": batchSize must be a whole number from 1, got 0',
      ),
    );
  });

  test('when binary labels meet three classes', async () => {
    const folder = await folderWith({
      'a/1.png': await png(),
      'b/1.png': await png(),
      'c/1.png': await png(),
    });
    temporary.push(folder);
    await expect(imageDatasetFromDirectory(folder, { labelMode: 'binary' })).rejects.toThrow(
      /labelMode "binary" requires two classes, got \[ 'a', 'b', 'c' \]$/,
    );
  });

  test('when a split would keep no picture for validation', async () => {
    const options = { shuffle: false, validationSplit: 0.01, subset: 'training' } as const;
    await expect(imageDatasetFromDirectory(formats, options)).rejects.toThrow(
      /validationSplit must keep at least one of 24 pictures, got 0.01$/,
    );
  });
});
