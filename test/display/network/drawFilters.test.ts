import sharp from 'sharp';

import { drawFilters, showFilters } from '../../../src/display/network/drawFilters';
import { tf } from '../../../src/tensorflow/tf';
import { sigmoidClassifier } from '../../support/inspected';
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

test('showFilters() displays what drawFilters() draws, and refuses filters over maps', async () => {
  const { model } = sigmoidClassifier();
  const before = tf.memory().numTensors;
  const displayed = await inNotebookCell(() => showFilters(model));
  expect(tf.memory().numTensors).toBe(before);
  expect(svgIn(displayed)).toBe(await drawFilters(model));
  await expect(showFilters(model, 'last')).rejects.toThrow(
    'only filters over 3 colours can be seen as pictures',
  );
  model.dispose();
});
