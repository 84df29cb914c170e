import { readFileSync } from 'node:fs';
import path from 'node:path';

import { predictPicture } from '../../src/evaluation/predictPicture';
import type { Classifier } from '../../src/models/classifier';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { kerasAdam } from '../../src/tensorflow/kerasAdam';
import { tf } from '../../src/tensorflow/tf';
import { resumeTraining } from '../../src/training/checkpoints/resumeTraining';

const fixture = (name: string) => path.join(__dirname, 'fixtures', name);
/** In the words of that version. */
const predictions: Record<string, { className: string; probability: number }> = JSON.parse(
  readFileSync(fixture('predictions.json'), 'utf8'),
);
const picture = fixture('picture.png');

test.each(['plain', 'told', 'told.keras', 'told.h5'])(
  'loadClassifier() opens %j, which version 0.1.0 saved, with the prediction that it gave',
  async (name) => {
    const classifier = await loadClassifier(fixture(name));
    const { className, probability } = predictions[name]!;
    expect(await predictPicture(classifier, picture)).toMatchObject({
      predictedClass: className,
      probability: expect.closeTo(probability, 6), // other processors round otherwise
    });
    classifier.model.dispose();
  },
);

test('resumeTraining() goes on with a checkpoint that version 0.1.0 kept', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [4, 4, 3], filters: 2, kernelSize: 3 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: kerasAdam(), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  expect(await resumeTraining(model, fixture('checkpoint'))).toMatchObject({ epoch: 2 });
  const classNames = ['happy', 'sad'];
  const classifier: Classifier = { model, classNames, imageSize: [4, 4], scale: 1 / 255 };
  const { className, probability } = predictions['checkpoint']!;
  expect(await predictPicture(classifier, picture)).toMatchObject({
    predictedClass: className,
    probability: expect.closeTo(probability, 6),
  });
  model.optimizer.dispose();
  model.dispose();
});
