import path from 'node:path';

import { drawSuspects, showSuspects } from '../../../src/display/pictures/drawSuspects';
import { checkPictures } from '../../../src/collections/checking/checkPictures';
import { inNotebookCell, svgIn } from '../notebookCell';

const folder = path.join(__dirname, '../../../data/emotions-with-faults');
const clean = {
  files: 1,
  valid: 1,
  problems: [],
  classes: [
    { name: 'a', count: 1 },
    { name: 'b', count: 0 },
  ],
};

test('drawSuspects() draws each suspect picture once, what is alike side by side, and no invalid file', async () => {
  const svg = (await drawSuspects(folder, await checkPictures(folder)))!;
  const [, title = ''] = /<title>([^<]*)<\/title>/.exec(svg)!;
  expect(title).toMatch(/^Grid of 9 pictures: /);
  const order = [
    'copy.jpg',
    'noto-1f600-grinning-face.jpg',
    'noto-1f603-grinning-face-with-big-eyes.jpg',
    'who-is-right.jpg',
    'noto-1f613-',
    'sent-by-a-friend.jpg',
    'camera-on-its-side.jpg',
  ].map((name) => title.indexOf(name));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
  expect(title).not.toContain('half.jpg');
  expect(title).toContain('two-classes who-is-right.jpg');
});

test('drawSuspects() draws nothing where nothing is suspect', async () => {
  const invalid = { file: 'a/1.png', kind: 'empty', detail: '', others: [] } as const;
  expect(await drawSuspects('nowhere', clean)).toBeUndefined();
  const report = { ...clean, problems: [{ ...invalid, others: [] }] };
  expect(await drawSuspects('nowhere', report)).toBeUndefined();
});

test('drawSuspects() draws pictures alone where folders are suspect, too: an empty class, one with few pictures', async () => {
  const suspect = { file: 'happy/camera-on-its-side.jpg', kind: 'exif-rotation' } as const;
  const problems = [
    suspect,
    { file: 'sad', kind: 'empty-class' } as const,
    { file: 'happy', kind: 'class-imbalance' } as const,
    { file: 'happy', kind: 'no-contrast' } as const,
  ].map((problem) => ({ ...problem, detail: '', others: [] }));
  const classes = [
    { name: 'happy', count: 1 },
    { name: 'sad', count: 0 },
  ];
  const svg = await drawSuspects(folder, { ...clean, classes, problems });
  expect(/<title>([^<]*)<\/title>/.exec(svg!)![1]).toMatch(/camera-on-its-side/);
  const ofFolders = { ...clean, classes, problems: problems.slice(1) };
  expect(await drawSuspects(folder, ofFolders)).toBeUndefined();
});

test('showSuspects() displays what drawSuspects() draws, and tells how many there are', async () => {
  const report = await checkPictures(folder);
  let told = {};
  const displayed = await inNotebookCell(async () => {
    told = await showSuspects(folder, report);
  });
  expect(svgIn(displayed)).toBe(await drawSuspects(folder, report));
  expect(told).toEqual({ shown: 9, suspects: 9 });
});

test('drawSuspects() cuts off no kind of problem, and begins each name', async () => {
  const svg = (await drawSuspects(folder, await checkPictures(folder)))!;
  const lines = [...svg.matchAll(/>([^<]*)<\/text>/g)].map(([, line]) => line);
  for (const kind of ['exif-rotation', 'exact-duplicate', 'wrong-extension', 'near-duplicate']) {
    expect(lines).toContain(kind);
  }
  expect(lines).toContain('copy.jpg');
});
