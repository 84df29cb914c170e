import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadBackbone } from '../../../src/models/pretrained/loadBackbone';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { folderWith } from '../../support/pictures';

/** What the script answers of a network. */
type Made = { name: string; layer: string; shape: number[] };

// The larger ones, EfficientNetV2 and ResNet50: npm run test:backbones
test('loadBackbone() opens a MobileNetV3 that keras.applications made, which rescales its pictures itself', async () => {
  const folder = await folderWith({});
  const script = readFileSync('scripts/proofs/keras-applications/make.py', 'utf8');
  const { made } = await runPython<{ made: Made[] }>(script, [folder, 'MobileNetV3Small']);
  const { name, layer, shape } = made[0]!;
  const numbers = (file: string) =>
    new Float32Array(Uint8Array.from(readFileSync(path.join(folder, `${file}.f32`))).buffer);
  for (const ending of ['keras', 'h5']) {
    const { model, input } = await loadBackbone(path.join(folder, `${name}.${ending}`), { layer });
    expect(input).toEqual({ imageSize: [64, 64], colorMode: 'rgb', rescale: 'none' });
    const pictures = tf.tensor(numbers('pictures'), [2, 64, 64, 3]);
    const found = model.predict(pictures) as tf.Tensor;
    expect(found.shape).toEqual(shape);
    const wanted = numbers(name);
    const differences = found.dataSync().map((value, i) => Math.abs(value - wanted[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    tf.dispose([pictures, found]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(0);
  }
});
