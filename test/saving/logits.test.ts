import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { evaluateClassifier } from '../../src/evaluation/evaluateClassifier';
import { evaluatePictures } from '../../src/evaluation/evaluatePictures';
import { embeddingOf } from '../../src/evaluation/inspecting/embeddingOf';
import { gradCam } from '../../src/evaluation/inspecting/gradCam';
import { occlusionMap } from '../../src/evaluation/inspecting/occlusionMap';
import { predictFolder } from '../../src/evaluation/predictFolder';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { saveTfjs } from '../../src/saving/saveTfjs';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith, png } from '../support/pictures';

// Models whose last layer is linear, as those of both official Keras picture tutorials. Whatever the picture, the logits are
// 0.3 for one output, and 0.1, 0.9 and 0.5 for three: sigmoid(0.3) is 0.5744, softmax of the three 0.2119, 0.47178, 0.3162.
const MODELS = `
import json, sys, numpy as np, keras, tensorflow as tf
from keras import layers, losses
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
folder = sys.argv[1]
rng = np.random.default_rng(1)
x = rng.random((8, 4, 4, 3)).astype('float32') * 255
truth = rng.integers(0, 2, 8)
told = {}
def model(bias, *end):
    m = keras.Sequential([keras.Input((4, 4, 3)), layers.Rescaling(1 / 255.), layers.Conv2D(2, 3, activation='relu'), layers.Flatten(), layers.Dense(len(bias), kernel_initializer='zeros'), *end])
    m.layers[3].bias.assign(bias)
    return m
def save(name, bias, loss, *end):
    m = model(bias, *end)
    if loss: m.compile(keras.optimizers.SGD(0.5), loss, metrics=['accuracy'])
    m.save(folder + '/' + name)
    if loss: told[name] = {'evaluated': m.evaluate(x, truth, verbose=0), 'losses': m.fit(x, truth, epochs=4, batch_size=8, shuffle=False, verbose=0).history['loss']}
THREE = [0.1, 0.9, 0.5]
save('one.keras', [0.3], losses.BinaryCrossentropy(from_logits=True))
save('one.h5', [0.3], losses.BinaryCrossentropy(from_logits=True))
save('three.keras', THREE, losses.SparseCategoricalCrossentropy(from_logits=True))
save('three.h5', THREE, [losses.SparseCategoricalCrossentropy(from_logits=True)])
save('bare.keras', [0.3], None)
save('bare-three.h5', THREE, None)
save('linear.keras', [0.3], None, layers.Activation('linear'), layers.Reshape((1,)))
save('error.keras', [0.3], 'mse')
save('sigmoid.keras', [0.3], losses.BinaryCrossentropy(from_logits=True), layers.Activation('sigmoid'))
save('softmax.keras', THREE, losses.SparseCategoricalCrossentropy(from_logits=True), layers.Softmax())
print(json.dumps({'told': told, 'x': x.ravel().tolist(), 'truth': truth.tolist()}))
`;

interface Told {
  told: Record<string, { evaluated: [number, number]; losses: number[] }>;
  x: number[];
  truth: number[];
}

const TWO = ['happy', 'sad'];
const ABC = ['a', 'b', 'c'];
let folder: string;
let keras: Told;
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await folderWith({ 'pictures/red.png': await png(255, 0, 0) });
  keras = await runPython<Told>(MODELS, [folder]);
});

afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['one.keras', TWO, 'sad', 0.5744],
  ['one.h5', TWO, 'sad', 0.5744],
  ['bare.keras', TWO, 'sad', 0.5744],
  ['linear.keras', TWO, 'sad', 0.5744],
  ['sigmoid.keras', TWO, 'sad', 0.5744],
  ['three.keras', ABC, 'b', 0.47178],
  ['three.h5', ABC, 'b', 0.47178],
  ['bare-three.h5', ABC, 'b', 0.47178],
  ['softmax.keras', ABC, 'b', 0.47178],
  // Trained to give 0 or 1 itself, so that 0.3 is nearer to the first class.
  ['error.keras', TWO, 'happy', 0.7],
])(
  '%s: every answer is made of the probabilities that Keras has',
  async (file, classNames, className, p) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const classifier = await loadClassifier(at(file), { classNames });
    warn.mockRestore();
    const picture = at('pictures/red.png');
    const probability = expect.closeTo(p, 4) as number;
    const predictedClass = className;
    const prediction = {
      ...{ predictedClass, probability },
      probabilities: expect.any(Array) as number[],
    };
    const tensors = tf.memory().numTensors;

    expect(await predictPicture(classifier, picture)).toEqual(prediction);
    const { predictions } = await predictFolder(classifier, at('pictures'));
    expect(predictions).toEqual([{ path: picture, ...prediction }]);
    const label = classNames.indexOf(className);
    const { answers, accuracy, loss } = await evaluatePictures(classifier, [
      { path: picture, label },
    ]);
    expect(answers[0]).toMatchObject({ label, trueClass: className, ...prediction });
    expect([accuracy, loss]).toEqual([1, expect.closeTo(-Math.log(p), 3)]);
    const { heatMaps } = await gradCam(classifier, picture, { classNames: [className] });
    expect(heatMaps[0]).toMatchObject({ className, probability });
    const occlusion = await occlusionMap(classifier, picture, {
      patchSize: 4,
      classNames: [className],
    });
    expect(occlusion.heatMaps[0]).toMatchObject({ className, probability });
    const { predictedClasses } = await embeddingOf(classifier, [picture, picture]);
    expect(predictedClasses).toEqual([className, className]);
    expect(tf.memory().numTensors).toBe(tensors);

    // The fact travels, in every format.
    const saved = [
      await saveKeras(classifier, at(`saved-${file}.keras`)),
      await saveKeras(classifier, at(`saved-${file}.h5`)),
    ];
    saved.push(await saveClassifier(classifier, at(`saved-${file}-folder`)));
    classifier.model.dispose();
    const silent = jest.spyOn(console, 'warn').mockImplementation();
    for (const location of saved) {
      const again = await loadClassifier(location);
      expect(await predictPicture(again, picture)).toEqual(prediction);
      again.model.dispose();
    }
    expect(silent).not.toHaveBeenCalled();
    silent.mockRestore();
  },
);

test('loadClassifier() says that outputs are taken for logits where the file does not tell', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  for (const [file, classNames] of [
    ['bare.keras', TWO],
    ['bare-three.h5', ABC],
    ['one.keras', TWO],
    ['error.keras', TWO],
    ['sigmoid.keras', TWO],
  ] as const) {
    (await loadClassifier(at(file), { classNames: [...classNames] })).model.dispose();
  }
  const sentences = warn.mock.calls.map(([sentence]) =>
    String(sentence).replace(/"sequential\w*"/, 'M'),
  );
  warn.mockRestore();
  expect(sentences).toEqual([
    'The model M ends without sigmoid or softmax, and its file does not say the loss that it was trained with: its output is taken for logits, from which sigmoid makes probabilities.',
    'The model M ends without sigmoid or softmax, and its file does not say the loss that it was trained with: its outputs are taken for logits, from which softmax makes probabilities.',
  ]);
});

test("a model.json of others tells its loss under the topology's training_config", async () => {
  const model = await loadKeras(at('one.keras'), { compile: false });
  const file = await saveTfjs(model, at('converted'));
  model.dispose();
  const json = JSON.parse(await readFile(file, 'utf8')) as {
    modelTopology: Record<string, unknown>;
  };
  json.modelTopology['training_config'] = { loss: 'mean_squared_error' };
  await writeFile(file, JSON.stringify(json));
  const classifier = await loadClassifier(file, { classNames: TWO });
  expect(classifier.fromLogits).toBe(false);
  classifier.model.dispose();
});

test.each(['one.keras', 'three.keras', 'sigmoid.keras', 'softmax.keras'])(
  '%s is evaluated and trained on with the numbers of Keras, and from_logits comes back to it',
  async (file) => {
    const { evaluated, losses } = keras.told[file]!;
    const model = await loadKeras(at(file));
    const [xs, ys] = [tf.tensor4d(keras.x, [8, 4, 4, 3]), tf.tensor1d(keras.truth, 'int32')];
    const batch = tf.data.array([{ xs, ys }]) as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;

    const values = (model.evaluate(xs, ys) as tf.Scalar[]).map((value) => value.dataSync()[0]!);
    expect(values).toEqual(evaluated.map((value) => expect.closeTo(value, 5) as number));
    const names = ['a', 'b', 'c'].slice(0, Math.max(2, model.outputs[0]!.shape[1]!));
    const evaluation = await evaluateClassifier({ model, classNames: names }, batch);
    expect(evaluation.loss).toBeCloseTo(evaluated[0], 5);
    // evaluateClassifier disposes what a data set gives.
    const [again, truth] = [tf.tensor4d(keras.x, [8, 4, 4, 3]), tf.tensor1d(keras.truth, 'int32')];
    const settings = { epochs: 4, batchSize: 8, shuffle: false, verbose: 0 };
    const { history } = await model.fit(again, truth, settings);
    expect(history['loss']).toEqual(losses.map((loss) => expect.closeTo(loss, 5) as number));

    const written = await saveKeras(model, at(`trained-${file}`));
    const [config, output] = await runPython<[Record<string, unknown>, number]>(
      `import json, sys, numpy as np, keras
m = keras.models.load_model(sys.argv[1])
print(json.dumps([m.loss.get_config(), float(m(np.ones((1, 4, 4, 3)))[0, 0])]))`,
      [written],
    );
    expect(config).toMatchObject({ from_logits: true });
    const mine = tf.tidy(() => (model.predict(tf.ones([1, 4, 4, 3])) as tf.Tensor).dataSync()[0]!);
    expect(mine).toBeCloseTo(output, 5);
    tf.dispose([xs, ys, again, truth]);
    model.dispose();
  },
);
