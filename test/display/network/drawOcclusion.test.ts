import { drawOcclusion, showOcclusion } from '../../../src/display/network/drawOcclusion';
import type { Classifier } from '../../../src/models/classifier';
import { tf } from '../../../src/tensorflow/tf';
import { SIZE, speckledPicture } from '../../support/inspected';
import { png } from '../../support/pictures';
import { inNotebookCell, svgIn } from '../notebookCell';

/** Its logit for "sad" is 9 · the mean red. */
function byRed(): Classifier {
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [...SIZE, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d([[9], [0], [0]]), tf.zeros([1])]));
  return {
    model,
    classNames: ['happy', 'sad'],
    input: { imageSize: SIZE, rescale: { scale: 1 / 255 } },
  };
}

test('drawOcclusion() draws each picture and by how much each class falls, in words too', async () => {
  const classifier = byRed();
  const svg = await drawOcclusion(classifier, await speckledPicture(), { captions: ['a'] });
  expect(svg.match(/<image /g)).toHaveLength(3);
  expect(svg).toMatch(
    /<title>Occlusion by a patch of 2 × 2 pixels: a, happy \d+\.\d %, sad \d+\.\d %: happy: falls by up to \d+\.\d points, most at the /,
  );
  classifier.model.dispose();
});

test('drawOcclusion() says where nothing falls, and stretches no trace to a colour', async () => {
  const classifier = byRed();
  // Of one colour: a patch of the mean colour changes nothing.
  const svg = await drawOcclusion(classifier, await png(90, 0, 0));
  expect(svg).toMatch(/happy: no fall, sad: no fall<\/title>/);
  classifier.model.dispose();
});

test('showOcclusion() displays what drawOcclusion() draws, and leaks nothing', async () => {
  const classifier = byRed();
  const picture = await speckledPicture();
  const options = { patchSize: 5, classNames: ['sad'] };
  const svg = await drawOcclusion(classifier, picture, options);
  const before = tf.memory().numTensors;
  const displayed = await inNotebookCell(() => showOcclusion(classifier, picture, options));
  expect(tf.memory().numTensors).toBe(before);
  expect(svgIn(displayed)).toBe(svg);
  await expect(showOcclusion(classifier, picture, options)).rejects.toThrow(
    'write what drawOcclusion returns to a file',
  );
  await expect(drawOcclusion(classifier, [])).rejects.toThrow(
    new RangeError('Cannot draw the occlusion: 1 to 6 pictures are required, got 0'),
  );
  classifier.model.dispose();
});
