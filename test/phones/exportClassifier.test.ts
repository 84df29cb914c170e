import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { predictPicture } from '../../src/evaluation/predictPicture';
import { ONNX_FOLDER } from '../../src/phones/convertInPython';
import { exportClassifier } from '../../src/phones/exportClassifier';
import { tf } from '../../src/tensorflow/tf';
import { smallClassifier } from '../support/classifier';
import { runPython } from '../support/keras';
import { folderWith, png } from '../support/pictures';

const classifier = {
  ...smallClassifier(1, ['happy', 'sad', 'cross'], 'softmax'),
  input: {
    imageSize: [4, 4] as [number, number],
    rescale: { divisor: 255, mean: [0.1, 0.2, 0.3], std: [0.2, 0.3, 0.4] },
  },
};
const COLOURS: Record<string, [number, number, number]> = {
  'happy/red.png': [255, 0, 0],
  'sad/green.png': [0, 200, 30],
  'sad/grey.png': [90, 90, 90],
  'cross/blue.png': [10, 20, 250],
};
let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);

beforeAll(async () => {
  const files = Object.entries(COLOURS).map(async ([name, [red, green, blue]]) => {
    return [`pictures/${name}`, await png(red, green, blue, 4, 4)] as const;
  });
  folder = await folderWith(Object.fromEntries(await Promise.all(files)));
});

afterAll(async () => {
  classifier.model.dispose();
  await rm(folder, { recursive: true });
});

const temporary = () => readdirSync(os.tmpdir()).filter((name) => /^smile-lab-export-/.test(name));

test('a .tflite takes pixels as they are, one picture at a time, and answers as the classifier', async () => {
  const before = [tf.memory().numTensors, temporary()];
  const seen: boolean[] = [];
  const report = await exportClassifier(classifier, at('new/faces.tflite'), {
    quantize: 'float16',
    samples: at('pictures'),
    onReport: () => seen.push(existsSync(at('new/faces.tflite'))),
  });
  expect([tf.memory().numTensors, temporary()]).toEqual(before);
  expect(seen).toEqual([false]);
  expect(report).toMatchObject({ pictures: 4, ofPictures: 4 });
  expect(report.files.map(({ kind, agreement }) => [kind, agreement])).toEqual([
    ['float32', 1],
    ['float16', 1],
  ]);
  expect(report.files[1]!.bytes).toBe((await stat(at('new/faces.tflite'))).size);

  // TensorFlow's own interpreter.
  const answers = await runPython<{ shape: number[]; rows: number[][] }>(
    `import json, sys, numpy as np, tensorflow as tf
interpreter = tf.lite.Interpreter(model_path=sys.argv[1])
interpreter.allocate_tensors()
[given], [answer] = interpreter.get_input_details(), interpreter.get_output_details()
def ask(colour):
    interpreter.set_tensor(given["index"], np.full((1, 4, 4, 3), colour, "float32"))
    interpreter.invoke()
    return interpreter.get_tensor(answer["index"])[0].tolist()
print(json.dumps({"shape": given["shape"].tolist(), "rows": [ask(colour) for colour in json.loads(sys.argv[2])]}))`,
    [at('new/faces.tflite'), JSON.stringify(Object.values(COLOURS))],
  );
  expect(answers.shape).toEqual([1, 4, 4, 3]);
  for (const [i, name] of Object.keys(COLOURS).entries()) {
    const { probabilities } = await predictPicture(classifier, at('pictures', name));
    const [first, second, third] = answers.rows[i]!;
    expect(first).toBeCloseTo(probabilities[0]!, 2);
    expect(second).toBeCloseTo(probabilities[1]!, 2);
    expect(third).toBeCloseTo(probabilities[2]!, 2);
  }

  const unzip = `import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode(), end="")`;
  const [labels, about] = ['labels.txt', 'smile-lab.json'].map((name) =>
    execFileSync('.venv/bin/python', ['-c', unzip, at('new/faces.tflite'), name], {
      encoding: 'utf8',
    }),
  );
  expect(labels).toBe('happy\nsad\ncross\n');
  expect(JSON.parse(about!)).toMatchObject({
    classNames: classifier.classNames,
    input: { imageSize: [4, 4], rescale: 'none' },
  });
});

test('a model.json in 8 bits is measured as it is opened again', async () => {
  const report = await exportClassifier(classifier, at('web/model.json'), {
    quantize: 'uint8',
    samples: at('pictures'),
    acceptLoss: true,
  });
  expect(report.files.map(({ kind }) => kind)).toEqual(['float32', 'uint8']);
  // 54 numbers of 2 filters and 24 of the last layer in a byte, their 2 and 3 biases in four.
  expect(report.files.map(({ bytes }) => bytes)).toEqual([4 * 83, 54 + 24 + 4 * 5]);
  expect(report.files[0]!.largestDifference).toBeLessThan(1e-6);
  expect(report.files[1]!.largestDifference).toBeGreaterThan(1e-6);
  expect(readFileSync(at('web/model.json'), 'utf8')).toContain('"dtype":"uint8"');
  await expect(exportClassifier(classifier, at('web/model.json'))).rejects.toThrow(
    'the folder holds a model already',
  );
});

test.each<[file: string, options: object, message: string]>([
  ['x.pb', {}, 'its name must end in .tflite or .onnx, or be model.json'],
  [
    'x.tflite',
    { quantize: 'uint8', samples: 'x' },
    'quantize (--quantize) must be "dynamic" or "float16" or "int8", got "uint8"',
  ],
  [
    'model.json',
    { quantize: 'int8', samples: 'x' },
    'quantize (--quantize) must be "float16" or "uint16" or "uint8", got "int8"',
  ],
  [
    'x.tflite',
    { quantize: 'int8' },
    'what int8 loses is measured, so that samples (--samples) must name a folder of pictures, one folder a class',
  ],
  ['x.onnx', { quantize: 'int8', samples: 'x' }, 'an .onnx is written without quantization'],
])('export to %s with %j fails with one sentence', async (file, options, message) => {
  await expect(exportClassifier(classifier, at(file), options)).rejects.toThrow(
    `Cannot export the model to "${at(file)}": ${message}`,
  );
  expect(existsSync(at(file))).toBe(false);
});

test('a file that is there is replaced by nothing', async () => {
  const file = path.join(await folderWith({ 'x.tflite': 'mine' }), 'x.tflite');
  await expect(exportClassifier(classifier, file)).rejects.toThrow(
    'there is a file already, and overwrite is not set',
  );
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('a model alone cannot be measured on pictures, nor one of any size be written', async () => {
  await expect(
    exportClassifier(classifier.model, at('x.tflite'), { samples: at('pictures') }),
  ).rejects.toThrow('to be measured on samples it must name its classes (--classes)');
  const layers = [
    tf.layers.globalAveragePooling2d({
      inputShape: [null, null, 3] as never,
      dataFormat: 'channelsLast',
    }),
    tf.layers.dense({ units: 1 }),
  ];
  const model = tf.sequential({ layers });
  await expect(exportClassifier(model, at('x.tflite'))).rejects.toThrow(
    'it takes pictures [any, any, 3], and a file for phones takes those of one size',
  );
  model.dispose();
});

test('without what writes .onnx the command is told that gets it', async () => {
  const outcome = exportClassifier(classifier, at('x.onnx'), { samples: at('nowhere') });
  await expect(outcome).rejects.toThrow(
    existsSync(ONNX_FOLDER) ? at('nowhere') : 'Get it, 40 MB, by: npx smile-lab get onnx',
  );
});
