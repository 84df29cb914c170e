import { largestSide, layerBox } from '../../../src/display/model/layerBox';
import type { LayerNode } from '../../../src/display/model/layerNodes';

const node = (...shape: (number | null)[]): LayerNode => ({
  name: '',
  kind: '',
  className: 'Conv2D',
  shape,
  parameters: 0,
  isShared: false,
  isFrozen: false,
  from: [],
});
const sheets = (svg: string) => svg.match(/<rect /g)!.length;
const sheet = (svg: string) => /width="(\d+)" height="(\d+)"/.exec(svg)!.slice(1).map(Number);

test('layerBox() draws maps in proportion to the largest', () => {
  expect(sheet(layerBox(node(100, 50, 1), 100).svg)).toEqual([40, 80]);
  expect(sheet(layerBox(node(50, 50, 1), 100).svg)).toEqual([40, 40]);
  expect(sheet(layerBox(node(1, 1, 1), 100).svg)).toEqual([6, 6]); // still to be seen
  expect(sheet(layerBox(node(null, null, 3), 100).svg)).toEqual([80, 80]);
});

test('layerBox() draws more sheets for more channels, and a longer bar for more units', () => {
  const drawn = [1, 3, 16, 64, 2048].map((channels) => layerBox(node(9, 9, channels), 9).svg);
  const counts = drawn.map(sheets);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts[0]).toBe(1);
  expect(counts.at(-1)).toBe(8);
  const widths = [1, 10, 128, 1e9].map((units) => layerBox(node(units), 9).width);
  expect(widths).toEqual([12, 35, 61, 104]);
});

test('largestSide() looks at maps alone', () => {
  expect(largestSide([node(20, 30, 500), node(1000)])).toBe(30);
  expect(largestSide([node(1000)])).toBe(1);
  expect(largestSide([node(null, 7, 3)])).toBe(7);
});
