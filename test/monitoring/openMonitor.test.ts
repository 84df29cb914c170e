import fs from 'node:fs';
import path from 'node:path';
import { type KeptAnswer, openAnswers } from '../../src/monitoring/answersDatabase';
import { type ObservedRequest, openMonitor } from '../../src/monitoring/openMonitor';
import { observe } from '../../src/monitoring/observe';
import { readServed } from '../../src/monitoring/readServed';
import { referenceOf, writtenReference } from '../../src/monitoring/reference';
import { decodePicture } from '../../src/images/decoding/decodePicture';
import { checkedResizing } from '../../src/images/formats/resizing';
import { predictionFrom } from '../../src/evaluation/predictPicture';
import { predictProbabilities } from '../../src/evaluation/predictProbabilities';
import { rowsOf } from '../../src/evaluation/rowsOf';
import { toInput } from '../../src/models/toInput';
import { resizingOf } from '../../src/models/resizingOf';
import { tf } from '../../src/tensorflow/tf';
import { compiled, run } from '../support/children';
import { smallClassifier } from '../support/classifier';
import { folderWith, png } from '../support/pictures';

const classifier = smallClassifier(1);
afterAll(() => classifier.model.dispose());

const model: ObservedRequest['model'] = {
  name: 'faces',
  version: '3',
  classifier,
  resizing: checkedResizing('', resizingOf(classifier)),
};

const request = (picture: Buffer, happy: number, ms = 5): ObservedRequest => ({
  id: 'r',
  model,
  pictures: [picture],
  probabilities: [[happy, 1 - happy]],
  ms,
});

test('a monitor keeps class, probability and time of each answer, and how some pictures look, but no picture', async () => {
  const folder = path.join(await folderWith({}), 'served');
  expect(readServed(folder, 60)).toBeUndefined();
  const before = tf.memory().numTensors;
  const monitor = openMonitor({ folder });
  monitor.watch(model);
  const picture = await png(90, 60, 30);
  for (let i = 1; i <= 20; i++) monitor.onAnswer(request(picture, i <= 15 ? 0.9 : 0.3, i));
  await monitor.close();
  expect(tf.memory().numTensors).toBe(before);
  const served = readServed(folder, 60)!;
  expect(served.versions).toMatchObject([
    {
      model: 'faces',
      version: '3',
      count: 20,
      classes: [
        ['happy', 15],
        ['sad', 5],
      ],
      // (15 · 0.9 + 5 · 0.7) / 20; of 1 … 20 ms half and 95 of 100
      probability: expect.closeTo(0.85, 6),
      median: 10,
      slow: 19,
      drift: undefined,
    },
  ]);
  expect(served.points.reduce((sum, { count }) => sum + count, 0)).toBe(20);
  expect(fs.readdirSync(folder).filter((name) => !name.startsWith('answers.db'))).toEqual([]);
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    expect(fs.readFileSync(file).includes(picture.subarray(0, 40))).toBe(false);
    expect(fs.statSync(file).mode & 0o077).toBe(0);
  }
});

test('a monitor that is to keep pictures keeps each once, and forgets it with the last answer that names it', async () => {
  const folder = path.join(await folderWith({}), 'served');
  const picture = await png(1, 2, 3);
  const first = openMonitor({ folder, keepPictures: true });
  first.onAnswer(request(picture, 0.9));
  first.onAnswer(request(picture, 0.9));
  await first.close();
  const [name = '', ...others] = fs.readdirSync(path.join(folder, 'pictures'));
  expect([name, others]).toEqual([expect.stringMatching(/^[0-9a-f]{24}\.png$/), []]);
  expect(fs.readFileSync(path.join(folder, 'pictures', name)).equals(picture)).toBe(true);

  const old = { ...answer(1), time: Date.now() - 3 * 24 * 60 * 60 * 1000, picture: name };
  const database = openAnswers(folder);
  database.add([old]);
  database.close();
  await openMonitor({ folder, keepDays: 2 }).close();
  // The old answer has gone; the picture has not, for others name it.
  expect(readServed(folder, 7 * 24 * 60)!.versions[0]!.count).toBe(2);
  expect(fs.readdirSync(path.join(folder, 'pictures'))).toEqual([name]);
  const emptied = openAnswers(folder);
  emptied.forget(Date.now() + 1000);
  emptied.add([old]);
  emptied.close();
  await openMonitor({ folder, keepDays: 2 }).close();
  expect(fs.readdirSync(path.join(folder, 'pictures'))).toEqual([]);
});

test('pictures like those of the training raise no alert, and darker ones do: by brightness and by what the network finds', async () => {
  const shades = Array.from({ length: 60 }, (_, i) => 120 + 2 * i);
  const trained = await folderWith(
    Object.fromEntries(
      await Promise.all(
        shades.map(async (shade, i) => [`${i}.png`, await png(shade, 250 - i, 128 + i)] as const),
      ),
    ),
  );
  const files = shades.map((_, i) => path.join(trained, `${i}.png`));
  const reference = writtenReference(await referenceOf(classifier, files));
  // No picture of 4×4×3 values can be drawn from eight numbers.
  expect((JSON.parse(reference) as { embedding: number[][] }).embedding).toHaveLength(8);
  const same = await lookedAt(await Promise.all(files.map((file) => fs.promises.readFile(file))));
  expect(same.filter(({ isLarge }) => isLarge).map(({ what }) => what)).toEqual([]);
  const darker = await lookedAt(
    await Promise.all(shades.map((shade, i) => png(shade - 110, 140 - i, 18 + i))),
  );
  const large = darker.filter(({ isLarge }) => isLarge).map(({ what }) => what);
  expect(large).toEqual(expect.arrayContaining(['brightness', 'embedding']));

  /** What is found when pictures are served, each of them looked at. */
  async function lookedAt(pictures: Buffer[]) {
    const folder = path.join(await folderWith({}), 'served');
    const monitor = openMonitor({ folder });
    monitor.watch(model, reference);
    await monitor.close();
    const database = openAnswers(folder);
    for (const [i, picture] of pictures.entries()) {
      const xs = decodePicture(picture, '', model.resizing).expandDims<tf.Tensor4D>(0);
      const [seen] = await observe(classifier, xs);
      const [outputs] = await rowsOf(
        tf.tidy(() => predictProbabilities(classifier, toInput(xs, classifier.input.rescale))),
      );
      xs.dispose();
      const { predictedClass, probability } = predictionFrom(outputs!, classifier.classNames);
      database.add([{ ...answer(i), class: predictedClass, probability, ...seen! }]);
    }
    database.close();
    return readServed(folder, 60)!.versions[0]!.drift!;
  }
});

function answer(i: number): KeptAnswer {
  return {
    ...{ time: Date.now(), request: 'r', model: 'faces', version: '3' },
    ...{ class: i % 2 === 0 ? 'happy' : 'sad', probability: 0.9, ms: 5 },
    ...{ brightness: null, contrast: null, embedding: null, picture: null },
  };
}

/** What a process that is killed at any moment has said to be written is there. */
test('SIGKILL loses no answer that was committed, and leaves a whole database', async () => {
  await compiled();
  const folder = path.join(await folderWith({}), 'served');
  const script = path.resolve('scripts/proofs/monitor/write-answers.js');
  let before = 0;
  for (const delay of [1, 20, 60]) {
    const { stdout, signal } = await run(process.execPath, [script, folder], {
      onOutput: (_, kill) => setTimeout(() => kill('SIGKILL'), delay),
    });
    expect(signal).toBe('SIGKILL');
    const committed = before + Number(stdout.trim().split('\n').at(-1));
    const { versions } = readServed(folder, 60)!;
    before = versions[0]!.count;
    expect(before).toBeGreaterThanOrEqual(Math.min(committed, 20_000));
  }
});
