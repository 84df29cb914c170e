import { readFileSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { predictPicture } from '../../src/evaluation/predictPicture';
import type { Classifier } from '../../src/models/classifier';
import { readRecipeRun } from '../../src/recipes/keptRun';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { kerasAdam } from '../../src/tensorflow/kerasAdam';
import { tf } from '../../src/tensorflow/tf';
import { readCheckpoint } from '../../src/training/checkpoints/checkpointFile';
import { resumeTraining } from '../../src/training/checkpoints/resumeTraining';
import { folderWith } from '../support/pictures';

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

test('what version 0.1.0 said of the pictures is the input', async () => {
  const { model, ...told } = await loadClassifier(fixture('told'));
  expect(told).toEqual({
    classNames: ['happy', 'sad'],
    input: {
      imageSize: [4, 4],
      interpolation: 'nearest',
      shrinkOnLoad: true,
      background: 'white',
      rescale: { scale: 1 / 127.5 },
    },
  });
  model.dispose();
});

test('a model of a newer version, and a checkpoint and a run of one, are refused in a sentence', async () => {
  const folder = await folderWith({});
  await cp(fixture('told'), folder, { recursive: true });
  const json = await readFile(path.join(folder, 'model.json'), 'utf8');
  const newer = json.replace('"smileLab":{', '"smileLab":{"version":3,');
  await writeFile(path.join(folder, 'model.json'), newer);
  await expect(loadClassifier(folder)).rejects.toThrow(
    `Cannot load a model from ${JSON.stringify(folder)}: a newer Smile Lab has written it, in version 3 of the format, and this one knows 2`,
  );
  const unknown = json.replace(/"smileLab":\{.*/, (told) =>
    told.replace(
      '"smileLab":{',
      '"smileLab":{"version":2,"input":{"imageSize":[4,4],"rescale":"log"},',
    ),
  );
  await writeFile(path.join(folder, 'model.json'), unknown);
  await expect(loadClassifier(folder)).rejects.toThrow(
    `Cannot load a model from ${JSON.stringify(folder)}: rescale must be "none", { scale, offset } or { divisor, mean, std }, got "log"`,
  );
  await writeFile(path.join(folder, 'checkpoint.json'), '{"smileLabCheckpoint":2}');
  await expect(readCheckpoint(folder)).rejects.toThrow(
    `Cannot read the checkpoint in ${JSON.stringify(folder)}: a newer Smile Lab has written it, in version 2 of the format, and this one knows 1`,
  );
  await writeFile(path.join(folder, 'run.json'), '{"smileLabRun":2}');
  await expect(readRecipeRun(folder)).rejects.toThrow(
    `Cannot resume the run in ${JSON.stringify(folder)}: a newer Smile Lab has written it, in version 2 of the format, and this one knows 1`,
  );
  await rm(folder, { recursive: true });
});

test('resumeTraining() resumes a checkpoint that version 0.1.0 kept', async () => {
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
  const classifier: Classifier = {
    model,
    classNames,
    input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } },
  };
  const { className, probability } = predictions['checkpoint']!;
  expect(await predictPicture(classifier, picture)).toMatchObject({
    predictedClass: className,
    probability: expect.closeTo(probability, 6),
  });
  model.optimizer.dispose();
  model.dispose();
});
