import sharp from 'sharp';

import { drawFilters, showFilters } from '../../../src/display/network/drawFilters';
import { tf } from '../../../src/tensorflow/tf';
import { oneConvolution, sigmoidClassifier } from '../../support/inspected';
import { inNotebookCell, svgIn } from '../notebookCell';

test('drawFilters() draws grey for 0 and full colour for the largest weight, plus or minus', async () => {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ inputShape: [4, 4, 3], filters: 2, kernelSize: [1, 2] })],
  });
  // Filter 1: pixels [2, 0, 0] and [0, 0, -2]; filter 2: [0, 0, 0] and [1, 1, 1].
  tf.tidy(() => {
    const kernel = [2, 0, 0, 0, 0, 0, 0, 1, 0, 1, -2, 1];
    model.setWeights([tf.tensor4d(kernel, [1, 2, 3, 2]), tf.zeros([2])]);
  });
  const svg = await drawFilters(model);
  const [, sheet = ''] = /href="data:image\/png;base64,([^"]*)"/.exec(svg)!;
  const pixels = await sharp(Buffer.from(sheet, 'base64')).raw().toBuffer();
  const grey = 128;
  expect([...pixels]).toEqual([
    ...[255, grey, grey, grey, grey, 0],
    ...[grey, grey, grey, 191, 191, 191],
  ]);
  expect(svg.match(/<use href="#tiles"\/>/g)).toHaveLength(2);
  expect(svg).toContain(
    `<title>The 2 filters of layer ${model.layers[0]!.name}, 1 × 2 pixels each. Middle grey: 0.`,
  );
  model.dispose();
});

test('drawFilters() draws filters over a grey picture in greys, and says what they mean', async () => {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: [1, 2] })],
  });
  // Filter 1: pixels 2 and 0; filter 2: -2 and 1.
  tf.tidy(() => model.setWeights([tf.tensor4d([2, -2, 0, 1], [1, 2, 1, 2]), tf.zeros([2])]));
  const svg = await drawFilters(model);
  const [, sheet = ''] = /href="data:image\/png;base64,([^"]*)"/.exec(svg)!;
  const pixels = await sharp(Buffer.from(sheet, 'base64')).toColourspace('srgb').raw().toBuffer();
  expect([...pixels]).toEqual([255, 128, 0, 191].flatMap((value) => [value, value, value]));
  expect(svg).toContain('Lighter: it looks for light there.');
  model.dispose();
});

test('showFilters() displays what drawFilters() draws, and refuses filters over maps', async () => {
  const { model } = sigmoidClassifier();
  const before = tf.memory().numTensors;
  const displayed = await inNotebookCell(() => showFilters(model));
  expect(tf.memory().numTensors).toBe(before);
  expect(svgIn(displayed)).toBe(await drawFilters(model));
  await expect(showFilters(model, 'last')).rejects.toThrow(
    'only filters over 3 colours or a grey picture can be seen as pictures',
  );
  model.dispose();
});

test('drawFilters() of more than 64 filters draws the strongest, and says so', async () => {
  const { model } = oneConvolution([20, 20], { filters: 66, kernelSize: 11 });
  tf.tidy(() => {
    const [kernel, ...others] = model.getWeights();
    // Each one is stronger than the one before; filter 66 against all colours.
    const strengths = tf.tensor1d(Array.from({ length: 66 }, (_, i) => (i === 65 ? -66 : i + 1)));
    model.setWeights([tf.onesLike(kernel!).mul(strengths), ...others]);
  });
  const svg = await drawFilters(model);
  expect(svg).toContain('<title>The 64 strongest of 66 filters of layer maps, 11 × 11 pixels');
  expect(svg.match(/<use href="#tiles"\/>/g)).toHaveLength(64);
  expect(svg).not.toContain('>2</text>');
  expect(svg).toContain('>3</text>');
  expect(svg).toContain('>66</text>');
  model.dispose();
});

test('showFilters() of 64 large random filters stays under 200 kB', async () => {
  const { model } = oneConvolution([40, 40], { filters: 300, kernelSize: 31 });
  const displayed = await inNotebookCell(() => showFilters(model));
  expect(Buffer.byteLength(displayed[0]!['text/html']!)).toBeLessThan(200_000);
  model.dispose();
});

test('drawFilters() draws no NaN, which would look like something', async () => {
  const { model } = oneConvolution([4, 4], { filters: 2 });
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }) => tf.fill(shape, NaN))));
  await expect(drawFilters(model)).rejects.toThrow(
    'Cannot read the filters: the filters of layer "maps" must be finite numbers, got NaN',
  );
  model.dispose();
});
