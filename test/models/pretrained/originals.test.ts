import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadImage } from '../../../src/images/datasets/loadImage';
import { loadBackbone } from '../../../src/models/pretrained/loadBackbone';
import { resizingOf } from '../../../src/models/resizingOf';
import { toInput } from '../../../src/models/toInput';
import { tf } from '../../../src/tensorflow/tf';

// As in originals/make.py, which made the numbers.
const pictures = [
  'data/happy-or-sad/happy/noto-1f600-grinning-face.png',
  'data/happy-or-sad/happy/twemoji-1f60e-smiling-face-with-sunglasses.png',
  'data/happy-or-sad/sad/noto-1f622-crying-face.png',
  'data/happy-or-sad/sad/twemoji-1f641-slightly-frowning-face.png',
  'data/unseen-style/sad/fluent-emoji-flat-1f62d-loudly-crying-face.png',
];

function original(name: string): Float32Array {
  const bytes = readFileSync(path.join(__dirname, 'originals', `${name}.f32`));
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

describe('loadBackbone() answers as the original within 1e-4', () => {
  test.each([
    ['efficientnet-lite0', 'block11_expand_relu', [5, 672]],
    ['efficientnet-lite0', 'head_relu', [5, 1280]],
    ['efficientnet-lite0', 'logits', [5, 1000]],
    ['mobilenet-v2', 'block_13_expand_relu', [5, 576]],
    ['mobilenet-v2', 'dense', [5, 19]],
  ])('%s up to %s', async (name, layer, shape) => {
    const { model, input } = await loadBackbone(name, { layer });
    const pixels: tf.Tensor3D[] = [];
    for (const file of pictures) {
      pixels.push(await loadImage(file, resizingOf({ model, input })));
    }
    const found = tf.tidy(() => {
      const answer = model.predict(toInput(tf.stack(pixels), input.rescale)) as tf.Tensor;
      return answer.rank === 4 ? answer.mean([1, 2]) : answer;
    });
    const wanted = original(`${name}.${layer}`);
    expect(found.shape).toEqual(shape);
    const differences = found.dataSync().map((value, i) => Math.abs(value - wanted[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    tf.dispose([found, pixels]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });
});
