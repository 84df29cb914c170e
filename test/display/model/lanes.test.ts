import { lanesOf } from '../../../src/display/model/lanes';

test('lanesOf() keeps one lane where nothing branches', () => {
  expect(lanesOf([[], [0], [1]])).toEqual({
    nodes: [0, 0, 0],
    connections: [
      { from: 0, to: 1, lane: 0 },
      { from: 1, to: 2, lane: 0 },
    ],
  });
});

test('lanesOf() leads a connection that skips layers past them', () => {
  const { nodes, connections } = lanesOf([[], [0], [1], [0, 2]]);
  expect(nodes).toEqual([0, 0, 0, 0]);
  expect(connections).toContainEqual({ from: 0, to: 3, lane: 1 });
});

test('lanesOf() puts no node behind a connection', () => {
  // Two inputs, three branches of the first, one that skips, and two outputs.
  const froms = [[], [0], [0], [2], [0], [1, 3, 4], [5], [5, 6], [], [7, 8], [7]];
  const { nodes, connections } = lanesOf(froms);
  expect(connections).toHaveLength(froms.flat().length);
  for (const { from, to, lane } of connections) {
    for (let between = from + 1; between < to; between += 1) expect(nodes[between]).not.toBe(lane);
  }
});
