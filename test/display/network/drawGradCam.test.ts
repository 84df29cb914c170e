import sharp from 'sharp';

import { drawGradCam, showGradCam } from '../../../src/display/network/drawGradCam';
import { gradCam } from '../../../src/evaluation/inspecting/gradCam';
import { tf } from '../../../src/tensorflow/tf';
import {
  flatClassifier,
  noisyPhotograph,
  oneConvolution,
  sigmoidClassifier,
  speckledPicture,
} from '../../support/inspected';
import { inNotebookCell, svgIn } from '../notebookCell';

const titleOf = (svg: string) => /<title>(.*?)<\/title>/.exec(svg)![1]!;

test('drawGradCam() draws each picture and a heat map for each class, and says in words where it is hot', async () => {
  const classifier = sigmoidClassifier();
  const picture = await speckledPicture();
  await drawGradCam(classifier, picture);
  const before = tf.memory().numTensors;
  const svg = await drawGradCam(classifier, [picture, picture], { captions: ['a', 'b'] });
  expect(tf.memory().numTensors).toBe(before);
  expect(svg.match(/<image /g)).toHaveLength(6);
  expect(svg.match(/>for happy<\/text>/g)).toHaveLength(2);
  const { heatMaps } = await gradCam(classifier, picture);
  const percents = heatMaps.map(
    (map) => `${map.className} ${(100 * map.probability).toFixed(1)} %`,
  );
  expect(titleOf(svg)).toMatch(/^Grad-CAM of layer last: a, happy \d+\.\d %, sad \d+\.\d %: /);
  expect(titleOf(svg)).toContain(`b, ${percents.join(', ')}: `);
  // With a sigmoid the two maps are the two signs of one sum: each place is hot for one of them at most.
  expect(titleOf(svg)).toMatch(/(most|nothing) for happy/);
  expect(svg).toContain('url(#heat)');
  classifier.model.dispose();
});

test('drawGradCam() draws names with markup in them as they are', async () => {
  const { model, ...rest } = sigmoidClassifier();
  const classNames = ['<b>happy & co', '"sad"\u0000'];
  const svg = await drawGradCam({ ...rest, model, classNames }, await speckledPicture(), {
    captions: ['<script>alert(1)</script>'],
  });
  expect(svg).not.toMatch(/<b>|<script>/);
  expect(titleOf(svg)).toContain('&lt;b&gt;happy &amp; co');
  await expect(sharp(Buffer.from(svg)).metadata()).resolves.toMatchObject({ format: 'svg' });
  model.dispose();
});

test('drawGradCam() of six noisy photographs stays under 200 kB', async () => {
  const classifier = oneConvolution([150, 150], { filters: 1, strides: 4 });
  const photograph = await noisyPhotograph(300, 300);
  const displayed = await inNotebookCell(() =>
    showGradCam(classifier, new Array<Buffer>(6).fill(photograph)),
  );
  expect(Buffer.byteLength(displayed[0]!['text/html']!)).toBeLessThan(200_000);
  classifier.model.dispose();
});

test('showGradCam() displays what drawGradCam() draws, with its title as the alternative text', async () => {
  const classifier = sigmoidClassifier();
  const picture = await speckledPicture();
  const displayed = await inNotebookCell(() => showGradCam(classifier, picture));
  const svg = await drawGradCam(classifier, picture);
  expect(svgIn(displayed)).toBe(svg);
  expect(displayed[0]!['text/html']).toContain(`alt="${titleOf(svg)}"`);
  await expect(showGradCam(classifier, picture)).rejects.toThrow(
    'write what drawGradCam returns to a file',
  );
  classifier.model.dispose();
});

test('drawGradCam() says what is wrong, and leaks nothing', async () => {
  const classifier = sigmoidClassifier();
  const flat = flatClassifier();
  const picture = await speckledPicture();
  const before = tf.memory().numTensors;
  for (const count of [0, 7]) {
    await expect(drawGradCam(classifier, new Array<Buffer>(count).fill(picture))).rejects.toThrow(
      new RangeError(`Cannot draw Grad-CAM: 1 to 6 pictures are required, got ${count}`),
    );
  }
  await expect(drawGradCam(classifier, picture, { captions: ['a', 'b'] })).rejects.toThrow(
    "Cannot draw Grad-CAM: each of the 1 pictures needs one caption, got [ 'a', 'b' ]",
  );
  await expect(drawGradCam(flat, picture)).rejects.toThrow('a network with a convolution');
  expect(tf.memory().numTensors).toBe(before);
  for (const { model } of [classifier, flat]) model.dispose();
});
