import { drawAugmented } from '../../../src/display/pictures/drawAugmented';
import { randomBrightness, randomFlip } from '../../../src/models/augmentingLayers';
import { tf } from '../../../src/tensorflow/tf';

const batch = () => tf.randomUniform<tf.Rank.R4>([2, 8, 8, 3], 0, 1, 'float32', 1);

test('drawAugmented() draws the first picture and twelve that are made of it, the same with the same seed', async () => {
  const [xs, layers] = [batch(), [randomBrightness({ factor: 0.3, valueRange: [0, 1] })]];
  const draw = (seed: number) => drawAugmented(xs, layers, { range: [0, 1], seed });
  const svg = await draw(1);
  const pictures = svg.match(/data:image\/\w+;base64,[^"]+/g) ?? [];
  expect(pictures).toHaveLength(13);
  expect(new Set(pictures).size).toBe(13);
  expect(svg).toContain('>original</text>');
  expect(svg).toContain('<title>Grid of 13 pictures: original, changed × 12</title>');
  expect(await draw(1)).toBe(svg);
  expect(await draw(2)).not.toBe(svg);
});

test('it leaves the batch to its owner, and nothing behind', async () => {
  const xs = batch();
  await drawAugmented(xs, [randomFlip()], { range: [0, 1] });
  const before = tf.memory().numTensors;
  await drawAugmented(xs, [randomFlip()], { range: [0, 1] });
  expect(tf.memory().numTensors).toBe(before);
  expect(xs.isDisposed).toBe(false);
});

test('it refuses a batch without a range', async () => {
  await expect(drawAugmented(batch(), [randomFlip()], {} as never)).rejects.toThrow(
    'Cannot draw augmented pictures: a batch needs the option range, [0, 255] or [0, 1], got undefined',
  );
});
