import { drawActivations, showActivations } from '../../../src/display/network/drawActivations';
import { tf } from '../../../src/tensorflow/tf';
import {
  noisyPhotograph,
  oneConvolution,
  sigmoidClassifier,
  SIZE,
  speckledPicture,
} from '../../support/inspected';
import { inNotebookCell, svgIn } from '../notebookCell';

test('showActivations() displays the picture and a numbered map for each filter, and leaks nothing', async () => {
  const classifier = sigmoidClassifier();
  const picture = await speckledPicture();
  const svg = await drawActivations(classifier, picture);
  const before = tf.memory().numTensors;
  const displayed = await inNotebookCell(() => showActivations(classifier, picture));
  expect(tf.memory().numTensors).toBe(before);
  expect(svgIn(displayed)).toBe(svg);
  expect(svg.match(/<use href="#tiles"\/>/g)).toHaveLength(4);
  expect(svg).toContain('>4</text>');
  expect(svg).toMatch(
    /<title>4 maps of layer first, 10 × 8 each\. .* in this picture; the largest value is \d/,
  );
  await expect(drawActivations(classifier, picture, { layer: 'x' })).rejects.toThrow('got "x"');
  classifier.model.dispose();
});

test('drawActivations() of more than 64 maps draws the strongest, and says so', async () => {
  const classifier = oneConvolution(SIZE, {
    filters: 66,
    kernelSize: 1,
    activation: 'relu',
    // Filter 1 finds nothing, each other one more than the one before.
    kernelInitializer: 'zeros',
  });
  const { model } = classifier;
  tf.tidy(() => {
    const [, , ...others] = model.getWeights();
    const biases = tf.tensor1d(Array.from({ length: 66 }, (_, i) => i));
    model.setWeights([tf.zeros([1, 1, 3, 66]), biases, ...others]);
  });
  const svg = await drawActivations(classifier, await speckledPicture());
  expect(svg).toContain(
    '<title>The 64 strongest of 66 maps of layer maps, 12 × 10 each. 1 of them found nothing in this picture; the largest value is 65.0</title>',
  );
  expect(svg).not.toContain('>2</text>');
  expect(svg).toContain('>3</text>');
  model.dispose();
});

test('drawActivations() of 64 large maps stays under 200 kB', async () => {
  const classifier = oneConvolution([150, 150], { filters: 64 });
  const photograph = await noisyPhotograph(300, 400);
  const displayed = await inNotebookCell(() => showActivations(classifier, photograph));
  expect(Buffer.byteLength(displayed[0]!['text/html']!)).toBeLessThan(200_000);
  classifier.model.dispose();
});

test('drawActivations() draws no NaN, which would look like nothing found', async () => {
  const classifier = oneConvolution(SIZE, { filters: 2 });
  const { model } = classifier;
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }) => tf.fill(shape, NaN))));
  const before = tf.memory().numTensors;
  await expect(drawActivations(classifier, await speckledPicture())).rejects.toThrow(
    'Cannot compute the feature maps: the maps of layer "maps" must be finite numbers, got NaN',
  );
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});
