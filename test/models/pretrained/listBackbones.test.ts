import { listBackbones } from '../../../src/models/pretrained/listBackbones';
import { tf } from '../../../src/tensorflow/tf';

test('listBackbones() tells size, licence, input and layer of what the set-up brought', async () => {
  const list = await listBackbones();
  expect(
    list.map(({ name, licence, megabytes, input, layer }) => [
      ...[name, licence, megabytes?.toFixed(1), input.imageSize.join('×'), layer],
    ]),
  ).toEqual([
    ['efficientnet-lite0', 'Apache-2.0', '18.8', '224×224', 'block10_expand_relu'],
    ['mobilenet-v2', 'MIT', '21.9', '160×160', 'block_13_expand_relu'],
  ]);
});

test('listBackbones({ measure: true }) tells how long a picture takes here, and leaves nothing', async () => {
  const times = (await listBackbones({ measure: true })).map(({ msPerPicture }) => msPerPicture!);
  for (const time of times) expect(time).toBeGreaterThan(0);
  expect(times).toHaveLength(2);
  expect(tf.memory().numTensors).toBe(0);
});
