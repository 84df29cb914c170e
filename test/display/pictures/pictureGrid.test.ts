import { pictureGrid } from '../../../src/display/pictures/pictureGrid';

const cell = (caption: string, aspect = 1) => ({
  uri: 'data:image/png;base64,AA==',
  aspect,
  caption,
});

function placesOf(svg: string): number[][] {
  const images = svg.matchAll(/<image x="(.+?)" y="(.+?)" width="(.+?)" height="(.+?)"/g);
  return [...images].map((image) => image.slice(1, 5).map(Number));
}

test('pictureGrid() lays the pictures out in rows', () => {
  const svg = pictureGrid([cell(''), cell(''), cell('')], 2, 'three');
  expect(svg).toContain('width="284" height="284"'); // 16 + 120 + 12 + 120 + 16
  expect(placesOf(svg)).toEqual([
    [0, 0, 120, 120],
    [132, 0, 120, 120],
    [0, 132, 120, 120],
  ]);
});

test('pictureGrid() keeps proportions, and stands each picture on its caption', () => {
  const svg = pictureGrid([cell('wide', 3), cell('tall', 0.5)], 2, 'two');
  expect(placesOf(svg)).toEqual([
    [0, 80, 120, 40],
    [162, 0, 60, 120],
  ]);
});

test('pictureGrid() gives a row the height of its longest caption', () => {
  const oneLine = pictureGrid([cell('happy'), cell('sad')], 2, 'two');
  const twoLines = pictureGrid([cell('happy'), cell('sad\n54 %')], 2, 'two');
  expect(oneLine).toContain('height="172"'); // 16 + 120 + 20 + 16
  expect(twoLines).toContain('height="192"');
});

test('pictureGrid() escapes captions', () => {
  const svg = pictureGrid([cell('<b>&')], 1, 'one');
  expect(svg).toContain('>&lt;b&gt;&amp;</text>');
});

const linesIn = (svg: string) => [...svg.matchAll(/>([^<]*)<\/text>/g)].map(([, line]) => line);

test('pictureGrid() keeps the lines of a caption, cuts those that are too long, and gives the last one two', () => {
  const svg = pictureGrid([cell('exact-duplicate\ntwo-classes\na-very-long-file-name.jpg')], 1, '');
  expect(linesIn(svg)).toEqual(['exact-dupli…', 'two-classes', 'a-very-long-', 'file-name.j…']);
  const many = pictureGrid([cell('1\n2\n3\n4\n5\n6\n7')], 1, '');
  expect(linesIn(many)).toEqual(['1', '2', '3', '4', '5 6 7']);
});
