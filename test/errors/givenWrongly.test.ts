import {
  buildEmotion,
  buildHappyOrSad,
  drawConfusionMatrix,
  happyOrSad,
  logRun,
  quarantineInvalid,
  resumeTraining,
  saveClassifier,
  saveKeras,
  tf,
  trainRecipe,
} from '../../src';
import { splitPictures } from '../../src/collections/splitting/splitPictures';
import { smallClassifier } from '../support/classifier';

/** What TypeScript would refuse, and a script, or an `any`, can bring. */
const untyped = <T>(value: unknown) => value as T;

test.each([-5, NaN, 0.5, '1', 2 ** 60])(
  'every function that takes a seed refuses %p',
  async (seed) => {
    const required = `seed must be a whole number from 0, got ${typeof seed === 'string' ? '"1"' : seed}`;
    const given = { seed: untyped<number>(seed) };
    expect(() => buildHappyOrSad(given)).toThrow(`Cannot build the network: ${required}`);
    expect(() => buildEmotion(given)).toThrow(`Cannot build the network: ${required}`);
    const trained = trainRecipe(happyOrSad, { data: 'nowhere', ...given });
    await expect(trained).rejects.toThrow(`Cannot train "happy-or-sad": ${required}`);
    await expect(splitPictures('nowhere', given)).rejects.toThrow(required);
  },
);

test('an argument that is missing, or in the place of another, is told in a sentence', async () => {
  const given = untyped<never>;
  const classifier = smallClassifier(3, ['sad', 'happy']);
  const { model } = classifier;
  const calls: Array<[call: () => unknown, message: string]> = [
    [
      () => trainRecipe(happyOrSad, given({})),
      'Cannot train "happy-or-sad": data, a folder of pictures, is required as a text, got undefined',
    ],
    [
      () => trainRecipe(happyOrSad, { data: 'nowhere', seed: 1, epochs: 0 }),
      'Cannot train "happy-or-sad": epochs must be a whole number from 1, got 0',
    ],
    [
      () => resumeTraining(model, given(undefined)),
      'Cannot resume the training: the folder of its checkpoint is required as a text, got undefined',
    ],
    [
      () => logRun(given({})),
      "Cannot find a run's log: a name or a folder is required as a text, got undefined",
    ],
    [
      () => buildEmotion({ imageSize: given(22) }),
      'Cannot build the network: imageSize must be [height, width], whole numbers from 22, got 22',
    ],
    [
      () => quarantineInvalid('faces', given(undefined)),
      'Cannot move invalid files out of "faces": the report of checkPictures("faces") is required, got undefined',
    ],
    [
      () => drawConfusionMatrix(given({ classNames: ['a', 'b'] })),
      'Cannot draw the confusion matrix: an evaluation is required, an object with classNames and confusionMatrix, as evaluatePictures gives it',
    ],
    [
      () => saveKeras(given('a.keras'), 'b.keras'),
      'Cannot save the model to "b.keras": a model or a classifier is required, got "a.keras"',
    ],
    [
      () => saveClassifier({ ...classifier, classNames: ['a', 'a'] }, 'nowhere'),
      'Cannot save the model to "nowhere": classNames must differ from each other, got ["a","a"]',
    ],
  ];
  for (const [call, message] of calls) {
    await expect(async () => call()).rejects.toHaveProperty('message', message);
  }
  const swapped = saveKeras(given('a.keras'), given(model));
  await expect(swapped).rejects.toThrow(
    /^Cannot save the model: behind the model a file is .{9,400}$/,
  );
  model.dispose();
  for (const save of [saveKeras(model, 'a.keras'), saveClassifier(classifier, 'nowhere')]) {
    await expect(save).rejects.toThrow(/: it was disposed, and its weights are gone$/);
  }
  expect(tf.memory().numTensors).toBe(0);
});
