import fs from 'node:fs';
import path from 'node:path';
import { HEADINGS, readCardNotes } from '../../src/registry/cardNotes';
import type { VersionInfo } from '../../src/registry/versionFile';
import { cardPage } from '../../src/registry/cardPage';
import { writeTrainedWith } from '../../src/recipes/trainedWith';
import { writeSplit } from '../../src/collections/splitting/splitFile';
import { emptyRegistry } from '../support/registered';
import { folderWith, png } from '../support/pictures';

const info: VersionInfo = {
  name: 'faces',
  version: 3,
  registered: '2026-11-30T10:00:00.000Z',
  classNames: ['happy', '<i>sad</i>'],
  imageSize: [150, 150],
  parameters: 2391329,
  layers: 9,
  tests: [],
};

/** The text of a page, without its tags. */
const textOf = (html: string) =>
  html
    .replace(/<style>[^]*?<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

/** What stands below a heading. */
const sectionOf = (html: string, heading: string) =>
  textOf(html.split(`<h2>${heading}</h2>`)[1]!.split('</section>')[0]!);

test("a model card has the headings of Google's Model Cards, in their order", () => {
  // M. Mitchell and others, Model Cards for Model Reporting, figure 1
  expect(
    [...cardPage(info, new Map()).matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text),
  ).toEqual([
    'Model Details',
    'Intended Use',
    'Factors',
    'Metrics',
    'Evaluation Data',
    'Training Data',
    'Quantitative Analyses',
    'Ethical Considerations',
    'Caveats and Recommendations',
  ]);
});

test('a card loads nothing from elsewhere, runs nothing, and escapes names and notes', () => {
  const html = cardPage(info, new Map([['Factors', ['<script>alert(1)</script>']]]));
  expect(html).not.toMatch(/<script|<i>|https?:|src=|url\(/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('a card of a model that nobody has measured says so', () => {
  const html = cardPage(info, new Map());
  expect(sectionOf(html, 'Evaluation Data')).toContain('How good it is was not measured');
  expect(sectionOf(html, 'Training Data')).toContain('Not known');
  expect(sectionOf(html, 'Caveats and Recommendations')).toContain('Nobody knows how good it is');
});

test('registry.add() takes the honest test from the log of the run: held out by group, with its interval', async () => {
  const { home, registry, models } = await emptyRegistry();
  const data = await folderWith({
    ...Object.fromEntries(
      await Promise.all(
        ['happy/ann-1', 'happy/bob-1', 'happy/cem-1', 'sad/ann-2', 'sad/bob-2', 'sad/cem-2'].map(
          async (name, i) => [`${name}.png`, await png(i)],
        ),
      ),
    ),
    'manifest.json': JSON.stringify(
      ['happy/ann-1', 'happy/bob-1', 'happy/cem-1', 'sad/ann-2', 'sad/bob-2', 'sad/cem-2'].map(
        (name) => ({ file: `${name}.png`, group: name.split(/[/-]/)[1] }),
      ),
    ),
  });
  const pictures = (...names: string[]) =>
    names.map((name) => ({ path: path.join(data, name), label: name.startsWith('sad') ? 1 : 0 }));
  await writeSplit(path.join(models[0], 'split.json'), data, 1, {
    classNames: ['happy', 'sad'],
    groupedBy: 'manifest',
    train: pictures('happy/ann-1.png', 'sad/ann-2.png'),
    validation: pictures('happy/bob-1.png', 'sad/bob-2.png'),
    test: pictures('happy/cem-1.png', 'sad/cem-2.png'),
    leftOut: [],
  });
  const logs = path.join(home, 'logs', 'first-try');
  fs.mkdirSync(logs, { recursive: true });
  const time = '2026-11-30T10:00:00.000Z';
  const evaluation = { kind: 'evaluation', time, classNames: ['happy', 'sad'], loss: 1, count: 2 };
  fs.writeFileSync(
    path.join(logs, 'run.jsonl'),
    [
      {
        kind: 'epoch',
        epoch: 1,
        time,
        metrics: { loss: 1 },
        seconds: 1,
        msPerStep: 1,
        learningRate: 0.1,
      },
      { ...evaluation, name: 'test', accuracy: 0, cells: [[0, 1, 2]], pictures: [] },
      {
        ...evaluation,
        name: 'test',
        accuracy: 0.5,
        cells: [
          [0, 0, 1],
          [1, 0, 1],
        ],
        pictures: [],
      },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  await writeTrainedWith(models[0], { data, logs, recipe: 'emotion', seed: 1 });

  const { folder } = await registry.add('faces', models[0]);
  const described = await registry.describe('faces@1');
  // 1 of 2: z = 1.96, centre 0.5, half width z·√(0.25/2 + z²/16) / (1 + z²/2) = 0.4055
  const [low, high] = described.tests[0]!.interval;
  expect([low, high].map((end) => Number(end.toFixed(4)))).toEqual([0.0945, 0.9055]);
  expect(described.tests).toMatchObject([
    {
      kind: 'test part',
      groupedBy: 'manifest',
      groups: 1,
      seenGroups: 0,
      count: 2,
      right: 1,
      confusionMatrix: [
        [1, 0],
        [1, 0],
      ],
    },
  ]);
  expect(described.run).toMatchObject({ name: 'first-try', recipe: 'emotion', seed: 1, epochs: 1 });
  expect(described.data).toMatchObject({ training: [1, 1], validation: 2, test: 2 });
  const card = fs.readFileSync(path.join(folder, 'card.html'), 'utf8');
  expect(sectionOf(card, 'Evaluation Data')).toContain(
    '2 pictures of 1 different people or drawings',
  );
  expect(sectionOf(card, 'Evaluation Data')).toContain('none of whom it has seen in its training');
  expect(sectionOf(card, 'Quantitative Analyses')).toContain('50.0 %: 1 of 2 right');
  expect(sectionOf(card, 'Quantitative Analyses')).toContain('9.5 % to 90.5 %');
  expect(sectionOf(card, 'Caveats and Recommendations')).toContain('the true interval is wider');
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'data.json'), 'utf8'));
  expect(Object.keys(manifest.parts.train)).toEqual(['happy/ann-1.png', 'sad/ann-2.png']);
  // Paths of whoever trained it stay where they are.
  for (const name of fs.readdirSync(folder)) {
    expect(fs.readFileSync(path.join(folder, name), 'latin1')).not.toContain(home);
  }
});

test('registry.add() measures on pictures that the model has not learned from, and refuses those that it has', async () => {
  const { registry, models } = await emptyRegistry();
  const colours = async (...reds: number[]) =>
    Object.fromEntries(
      await Promise.all(
        reds.map(async (red, i) => [`${i % 2 ? 'sad' : 'happy'}/${red}.png`, await png(red)]),
      ),
    );
  const [learned, fresh] = [
    await folderWith(await colours(10, 20, 30, 40)),
    await folderWith(await colours(50, 60, 70, 80)),
  ];
  await writeTrainedWith(models[0], { data: learned, logs: path.join(learned, 'none') });
  fs.copyFileSync(path.join(learned, 'sad/20.png'), path.join(fresh, 'happy/copy.png'));
  await expect(registry.add('faces', models[0], { test: fresh })).rejects.toThrow(
    'pictures to test that it has never seen are required, and 1 of the 5 in',
  );
  expect(fs.existsSync(registry.folder)).toBe(false);
  fs.rmSync(path.join(fresh, 'happy/copy.png'));
  await registry.add('faces', models[0], { test: fresh });
  const { tests } = await registry.describe('faces@1');
  expect(tests).toMatchObject([{ kind: 'folder', count: 4, groups: null, seenGroups: null }]);
});

test('readCardNotes() reads paragraphs below headings of the card, and names a heading that is none', async () => {
  const folder = await folderWith({
    'a.md': '# intended use\nFor lesson 7,\nfor nobody else.\n\nAnd so on.\n## Factors\n\nLight.\n',
    'b.md': '## Intended Uses\nx',
    'c.md': 'Text\n## Factors\n',
  });
  const at = (name: string) => path.join(folder, name);
  expect([...(await readCardNotes(at('a.md')))]).toEqual([
    ['Intended Use', ['For lesson 7, for nobody else.', 'And so on.']],
    ['Factors', ['Light.']],
  ]);
  await expect(readCardNotes(at('b.md'))).rejects.toThrow('did you mean "Intended Use"?');
  await expect(readCardNotes(at('c.md'))).rejects.toThrow(
    'a heading of the card is required before',
  );
  await expect(readCardNotes(at('d.md'))).rejects.toThrow('it does not exist');
  expect(HEADINGS).toHaveLength(9);
});
