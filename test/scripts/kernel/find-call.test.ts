import { findCall } from '../../../scripts/kernel/find-call';

/** The cursor is where the bar is; what stands before the end that was found. */
function named(cell: string): string | undefined {
  const end = findCall(cell.replace('|', ''), cell.indexOf('|'));
  return end === undefined ? undefined : cell.replace('|', '').slice(0, end);
}

test.each([
  ['behind an open bracket', 'load(|', 'load'],
  ['among finished arguments', 'load(1, | 2)', 'load'],
  ['behind a space', 'await load( |', 'await load'],
  ['in an unfinished object', 'tf.layers.conv2d({ |', 'tf.layers.conv2d'],
  ['in a call within a call', 'a(b(|))', 'a(b'],
  ['behind a call within a call', 'a(b(1), |)', 'a'],
  ['in a constructor', 'new Map(|)', 'new Map'],
])('findCall() %s finds the name before it', (_, cell, name) => expect(named(cell)).toBe(name));

test.each(['|', 'load|', 'lo|ad(1)', 'load(1); |'])(
  'findCall() finds nothing where no argument is written: %s',
  (cell) => expect(named(cell)).toBeUndefined(),
);
