import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { saveClassifier } from '../../src/saving/saveClassifier';
import { saveKeras } from '../../src/saving/saveKeras';
import type { FilePrediction } from '../../src/evaluation/predictFolder';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { compiled, type Ended, LAUNCHER, run, smileLab, smileLabInTurn } from '../support/children';
import { smallClassifier } from '../support/classifier';
import { folderWith, hugePng, png, speckled } from '../support/pictures';
import { fewUlps } from '../support/ulps';

const names = ['hap py\n😀', 'sad'];
let home: string;
/** What the classifier says of two pictures, computed in this process. */
let expected: { classNames: string[]; predictions: FilePrediction[] };

beforeAll(async () => {
  await compiled();
  const face = await speckled(37, 29, 3).png().toBuffer();
  home = await folderWith({
    '1.png': face,
    'fa ce\n😀.jpg': await png(255, 128, 0),
    'cut off.png': face.subarray(0, face.length / 2),
    'empty.png': '',
    'fake.png': 'hello',
    'huge.png': await hugePng(),
    'no model/notes.txt': '',
    'damaged/model.json': '{"modelTopology":',
  });
  await mkdir(path.join(home, 'folder.png'));
  const classifier = smallClassifier(1, names);
  await saveClassifier(classifier, path.join(home, 'run'));
  expected = { classNames: names, predictions: [] };
  for (const file of ['1.png', 'fa ce\n😀.jpg']) {
    const prediction = await predictPicture(classifier, path.join(home, file));
    expected.predictions.push({ path: file, ...prediction });
  }
  await saveKeras(classifier.model, path.join(home, 'theirs.keras'));
  classifier.model.dispose();
  await writeFile(path.join(home, 'model.txt'), 'no JSON');
});

afterAll(() => rm(home, { recursive: true }));

const predict = (...args: string[]) => smileLab(['predict', ...args], { cwd: home });

test.each(['run', 'run/model.json'])(
  'smile-lab predict --model %s names the classes',
  async (model) => {
    const { status, stdout, stderr } = await predict('--model', model, '1.png', 'fa ce\n😀.jpg');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      expected.predictions
        .map(
          ({ path: file, predictedClass, probability }) =>
            `${file}: ${predictedClass} (${(100 * probability).toFixed(1)} %)\n`,
        )
        .join(''),
    );
  },
);

test('smile-lab predict --json ends with one line, and says the rest elsewhere', async () => {
  const { status, stdout, stderr } = await predict(
    '--model',
    'run',
    '--json',
    '1.png',
    'fa ce\n😀.jpg',
  );
  expect(status).toBe(0);
  expect(stdout).toBe(`${JSON.stringify(expected)}\n`);
  expect(stderr).toContain('1.png: ');
});

test('smile-lab predict takes folders and addresses of this machine, and a model of others', async () => {
  const bytes = await readFile(path.join(home, '1.png'));
  const server = http.createServer((_, response) => response.end(bytes)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://localhost:${(server.address() as AddressInfo).port}/1.png`;
  await mkdir(path.join(home, 'album/more'), { recursive: true });
  await writeFile(path.join(home, 'album/more/1.png'), bytes);
  await writeFile(path.join(home, 'album/empty.jpg'), '');
  const args = ['--model', 'theirs.keras', '--scale', '1/255', '--classes', 'first,second'];
  const { status, stdout, stderr } = await predict(...args, '--json', 'album', address);
  server.close();
  const { predictedClass, probability, probabilities } = expected.predictions[0]!;
  // A batch may be summed up in another order than one alone, and so may the graph that the second prediction runs as.
  const same = {
    predictedClass: predictedClass === names[0] ? 'first' : 'second',
    probability: fewUlps(probability),
    probabilities: probabilities.map(fewUlps),
  };
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    classNames: ['first', 'second'],
    predictions: ['album/more/1.png', address].map((each) => ({ path: each, ...same })),
  });
  expect(stderr).toContain('Skipped album/empty.jpg: it is empty\n');
});

describe('smile-lab predict fails with one sentence:', () => {
  const model = (name: string, reason: string) => ({
    args: ['--model', name, '1.png', '--json'],
    message: `Cannot load a model from "${name}": ${reason}`,
  });
  const picture = (name: string, reason: string) => ({
    args: ['--model', 'run', name],
    message: `Cannot read picture "${name}": ${reason}`,
  });
  const required = 'a folder with a model.json, or a model.json, is required';
  const CASES: Array<{ args: string[]; message: string; stdout?: string }> = [
    model('nowhere', `${required}, and nothing is there`),
    model('no model', `${required}, and this folder holds none`),
    model('damaged', 'model.json is damaged or no model, it is no JSON'),
    model(
      'model.txt',
      'it is no model; a .keras, an .h5, or a folder with a model.json is required',
    ),
    picture('nowhere.png', 'it does not exist'),
    {
      args: ['--model', 'run', 'folder.png'],
      message:
        'Cannot classify the pictures in "folder.png": a readable .bmp, .gif, .jpeg, .jpg or .png is required, got none',
    },
    picture(
      'https://example.com/a.png',
      'its address must begin with http://localhost, http://127.0.0.1 or http://[::1]; nothing is fetched from elsewhere, so save the picture first and give its path',
    ),
    {
      args: ['--model', 'run', '--json', 'empty.png', 'nowhere.png'],
      message:
        'Cannot read picture "empty.png": it is empty\nCannot read picture "nowhere.png": it does not exist',
      stdout: `${JSON.stringify({ classNames: names, predictions: [] })}\n`,
    },
    picture('fake.png', 'it is no PNG, JPEG, GIF, BMP or WebP, it begins with "hello"'),
    picture('huge.png', 'at most 134217728 pixels are decoded, it has 20000×20000'),
  ];
  let outcomes: Promise<Ended>[];
  beforeAll(() => {
    outcomes = smileLabInTurn(
      CASES.map(({ args }) => ['predict', ...args]),
      { cwd: home },
    );
  });

  test.each(CASES.map(({ args, message, stdout = '' }, i) => [args, message, stdout, i] as const))(
    '%j',
    async (_, message, stdout, i) => {
      expect(await outcomes[i]).toEqual({
        status: 1,
        signal: null,
        stdout,
        stderr: `${message}\n`,
      });
    },
  );

  test('half a picture between two whole ones, which are answered', async () => {
    const { status, stdout, stderr } = await predict(
      '--model',
      'run',
      '1.png',
      'cut off.png',
      'fa ce\n😀.jpg',
      '--json',
    );
    expect([status, stdout]).toEqual([1, `${JSON.stringify(expected)}\n`]);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^Cannot read picture "cut off\.png": it is cut off, damaged or of a rare kind \(TensorFlow: ".*"\)$/,
    );
  });

  test('nobody reads the answer any more', async () => {
    // head is gone after the first line; each of the others is written to nobody.
    const command = [
      process.execPath,
      LAUNCHER,
      'predict',
      '--model',
      'run',
      ...Array<string>(200).fill('1.png'),
    ];
    const { stdout, stderr } = await run('sh', ['-c', '"$@" | head -n 1', '-', ...command], {
      cwd: home,
    });
    expect(stdout).toBe(`1.png: ${expected.predictions[0]!.predictedClass.split('\n')[0]}\n`);
    expect(stderr).toBe('Cannot write to standard output: nobody reads it any more\n');
  });
});
