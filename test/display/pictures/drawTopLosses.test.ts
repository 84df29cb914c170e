import { rm } from 'node:fs/promises';
import path from 'node:path';

import { drawTopLosses, showTopLosses } from '../../../src/display/pictures/drawTopLosses';
import { folderWith, png } from '../../support/pictures';
import { inNotebookCell, svgIn } from '../notebookCell';

let folder: string;

beforeAll(async () => {
  const files = ['a.png', 'b.png', 'c.png', '<i>&.png'].map(
    async (name) => [name, await png()] as const,
  );
  folder = await folderWith(Object.fromEntries(await Promise.all(files)));
});

afterAll(() => rm(folder, { recursive: true }));

/** As `evaluatePictures` gives it, of two classes. */
const answer = (
  name: string,
  label: number,
  predicted: number,
  loss: number,
  classNames = ['happy', 'sad'],
) => {
  const ofTruth = Math.exp(-loss);
  const probabilities = label === 0 ? [ofTruth, 1 - ofTruth] : [1 - ofTruth, ofTruth];
  return {
    ...{ path: path.join(folder, name), label, trueClass: classNames[label]! },
    ...{ predictedClass: classNames[predicted]!, probability: probabilities[predicted]! },
    ...{ probabilities, loss },
  };
};

const evaluation = (classNames?: string[]) => ({
  answers: [
    answer('a.png', 0, 0, 0.01, classNames),
    answer('b.png', 0, 1, 0.8, classNames),
    answer('c.png', 1, 1, 0.69, classNames),
    answer('<i>&.png', 1, 0, 4, classNames),
  ],
});

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}

test('drawTopLosses() draws the greatest loss first, right but unsure answers too', async () => {
  const svg = (await drawTopLosses(evaluation(), { most: 3 }))!;
  expect(svg).toContain(
    '<title>Grid of 3 pictures: &lt;i&gt;&amp;.png happy 98.2 %, wrong: sad, loss 4.00, ' +
      'b.png sad 55.1 %, wrong: happy, loss 0.80, c.png sad 50.2 %, right, loss 0.69; the greatest loss first</title>',
  );
  expect(textsOf(svg).slice(0, 10)).toEqual([
    ...['happy', '98.2 %', 'true: sad', 'loss 4.00', '&lt;i&gt;&amp;.png'],
    ...['sad', '55.1 %', 'true: happy', 'loss 0.80', 'b.png'],
  ]);
});

test('drawTopLosses() draws the mistakes alone when asked, and nothing where there is none', async () => {
  const svg = (await drawTopLosses(evaluation(), { wrongOnly: true }))!;
  expect(svg.match(/<image /g)).toHaveLength(2);
  const right = { answers: evaluation().answers.slice(0, 1) };
  expect(await drawTopLosses(right, { wrongOnly: true })).toBeUndefined();
  expect(await drawTopLosses({ answers: [] })).toBeUndefined();
});

test('drawTopLosses() does not mutate the evaluation', async () => {
  const given = evaluation();
  await drawTopLosses(given);
  expect(given).toEqual(evaluation());
});

test('drawTopLosses() keeps the long name of one class from pushing out the other', async () => {
  const classNames = [
    'a very long name of a class that has no end',
    'and another one of this kind',
  ];
  const svg = (await drawTopLosses(evaluation(classNames), { most: 1 }))!;
  expect(textsOf(svg)).toEqual([
    'a very long na…',
    '98.2 %',
    'true: and anot…',
    'loss 4.00',
    '&lt;i&gt;&amp;.png',
  ]);
});

test.each([0, 101, 1.5])('drawTopLosses() throws when it shall draw %d at most', async (most) => {
  await expect(drawTopLosses(evaluation(), { most })).rejects.toThrow(
    new RangeError(
      `Cannot draw the top losses: most must be a whole number from 1 to 100, got ${most}`,
    ),
  );
});

test('drawTopLosses() names a file that has gone', async () => {
  const answers = [answer('gone.png', 0, 1, 1)];
  await expect(drawTopLosses({ answers })).rejects.toThrow('gone.png');
});

test('showTopLosses() displays what drawTopLosses() draws, and tells how many there are', async () => {
  let told = {};
  const displayed = await inNotebookCell(async () => {
    told = await showTopLosses(evaluation(), { most: 1, wrongOnly: true });
  });
  expect(svgIn(displayed)).toBe(await drawTopLosses(evaluation(), { most: 1, wrongOnly: true }));
  expect(told).toEqual({ shown: 1, of: 2 });
  expect(await showTopLosses({ answers: [] })).toEqual({ shown: 0, of: 0 });
});
