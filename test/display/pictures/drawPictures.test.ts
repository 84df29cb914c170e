import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { drawPictures } from '../../../src/display/pictures/drawPictures';
import { tf } from '../../../src/tensorflow/tf';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'draw-pictures-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function createFile(name: string, width: number, height: number): Promise<string> {
  const file = path.join(folder, name);
  await sharp({ create: { width, height, channels: 3, background: '#0072b2' } }).toFile(file);
  return file;
}

/** Drawn by librsvg, which also refuses what is no well-formed XML. */
async function pixelsOf(svg: string) {
  const { data, info } = await sharp(Buffer.from(svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return (x: number, y: number) => {
    const at = 3 * (y * info.width + x);
    return [...data.subarray(at, at + 3)];
  };
}

test('drawPictures() draws files of different sizes and formats', async () => {
  const files = [
    await createFile('a.png', 150, 150),
    await createFile('b.jpg', 300, 100),
    await createFile('c.gif', 40, 80),
    await createFile('d.webp', 9, 9),
  ];
  const pixel = await pixelsOf(await drawPictures(files, { columns: 4 }));
  for (const i of files.keys()) {
    const [red, green, blue] = pixel(16 + i * 132 + 60, 16 + 110); // the middle, near the bottom
    expect(red).toBeLessThan(4);
    expect(Math.abs((green ?? 0) - 0x72)).toBeLessThan(4);
    expect(Math.abs((blue ?? 0) - 0xb2)).toBeLessThan(4);
  }
});

test('drawPictures() draws a batch the same before and after rescaling', async () => {
  const batch = tf.randomUniform<tf.Rank.R4>([3, 8, 8, 3], 0, 255, 'float32', 1).round();
  const rescaled = batch.div<tf.Tensor4D>(255);
  const captions = ['happy', 'sad', 'sad'];
  const svg = await drawPictures(batch, { captions, range: [0, 255] });
  expect(await drawPictures(rescaled, { captions, range: [0, 1] })).toBe(svg);
  expect(svg).toContain('<title>Grid of 3 pictures: happy, sad × 2</title>');
  tf.dispose([batch, rescaled]);
});

test('drawPictures() neither disposes nor leaks a tensor', async () => {
  const file = await createFile('leak.png', 20, 20);
  const batch = tf.zeros<tf.Rank.R4>([2, 4, 4, 3]);
  const before = tf.memory().numTensors;
  await drawPictures(batch, { range: [0, 1] });
  await drawPictures([file]);
  await drawPictures(batch, { range: [0, 1], columns: -1 }).catch(() => {});
  expect(tf.memory().numTensors).toBe(before);
  expect(batch.isDisposed).toBe(false);
  batch.dispose();
});

test('drawPictures() escapes captions, and holds captions that no XML can hold', async () => {
  const file = await createFile('caption.png', 20, 20);
  const captions = ['<script>&', 'a\u0000\ud83d'];
  const svg = await drawPictures([file, file], { captions });
  expect(svg).toContain('&lt;script&gt;&amp;</text>');
  expect(svg).not.toContain('<script');
  await pixelsOf(svg);
});

test('drawPictures() refers to nothing outside itself and stays small', async () => {
  const batch = tf.randomUniform<tf.Rank.R4>([5, 10, 10, 3], 0, 1, 'float32', 1);
  const smooth = tf.image.resizeBilinear(batch, [150, 150]);
  const twenty = tf.tile(smooth, [4, 1, 1, 1]);
  const svg = await drawPictures(twenty, { captions: Array(20).fill('happy'), range: [0, 1] });
  expect(svg).not.toMatch(/(?:href|src)=(?!"data:)|url\(|@import/);
  expect(svg.length).toBeLessThan(150_000); // 200 kB in the notebook, where it is base64 once more
  tf.dispose([batch, smooth, twenty]);
});

test('drawPictures() tells right from wrong by a sign, not by colour alone', async () => {
  const file = await createFile('face.png', 20, 20);
  const svg = await drawPictures([file, file, file], {
    trueClasses: ['happy', 'happy', '<b>'],
    predictedClasses: ['happy', 'sad', '<b>'],
  });
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(texts).toEqual(['happy', 'sad', 'true: happy', '&lt;b&gt;']);
  const signs = [...svg.matchAll(/<path d="([^"]*)" stroke="#ffffff"/g)].map(([, d]) => d);
  expect(signs).toHaveLength(3);
  expect(signs[0]).toBe(signs[2]);
  expect(signs[0]).not.toBe(signs[1]);
  expect(svg).toContain(
    '<title>Grid of 3 pictures: happy, right, happy taken for sad, &lt;b&gt;, right; 2 of 3 right</title>',
  );
});

test('drawPictures() throws when classes are not as many as pictures, or cannot be compared', async () => {
  const [trueClasses, predictedClasses] = [['happy', 'sad'], ['happy']];
  await expect(drawPictures(['a.png', 'b.png'], { trueClasses, predictedClasses })).rejects.toThrow(
    'each of the 2 needs one predicted class, got 1',
  );
  for (const one of [{ predictedClasses }, { trueClasses: ['happy'] }]) {
    await expect(drawPictures(['a.png'], one)).rejects.toThrow(
      'trueClasses and predictedClasses are compared, give both',
    );
  }
  const both = { trueClasses: predictedClasses, predictedClasses, captions: ['a face'] };
  await expect(drawPictures(['a.png'], both)).rejects.toThrow(
    'captions stand where the classes do, give one of them',
  );
});

test('drawPictures() throws when there is nothing, or too much, to draw', async () => {
  await expect(drawPictures([])).rejects.toThrow(
    new RangeError('Cannot draw the pictures: a grid holds 1 to 100, got 0'),
  );
  await expect(drawPictures(Array(101).fill('a.png'))).rejects.toThrow('1 to 100, got 101');
});

test('drawPictures() throws when captions and pictures are not equally many', async () => {
  await expect(drawPictures(['a.png', 'b.png'], { captions: ['happy'] })).rejects.toThrow(
    new RangeError('Cannot draw the pictures: each of the 2 needs one caption, got 1'),
  );
});

test.each([0, -1, 2.5, NaN])('drawPictures() throws when columns is %p', async (columns) => {
  await expect(drawPictures(['a.png'], { columns })).rejects.toThrow(
    new RangeError(
      `Cannot draw the pictures: columns must be a whole number from 1 on, got ${columns}`,
    ),
  );
});

test('drawPictures() throws when a batch has another shape or no range', async () => {
  const two = tf.zeros<tf.Rank.R4>([2, 4, 4, 2]);
  await expect(drawPictures(two, { range: [0, 1] })).rejects.toThrow(
    new TypeError(
      'Cannot draw the pictures: a batch must have the shape [n, h, w, channels] with 1, 3 or 4 channels, got [2, 4, 4, 2]',
    ),
  );
  const batch = tf.zeros<tf.Rank.R4>([2, 4, 4, 3]);
  await expect(drawPictures(batch)).rejects.toThrow(
    'a batch needs the option range, [0, 255] or [0, 1], got undefined',
  );
  tf.dispose([two, batch]);
});

test('drawPictures() throws when it gets something else', async () => {
  await expect(drawPictures('a.png' as unknown as string[])).rejects.toThrow(
    new TypeError(
      'Cannot draw the pictures: they must be a batch or an array of paths, got string',
    ),
  );
});
