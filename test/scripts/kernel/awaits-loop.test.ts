import { awaitsLoop } from '../../../scripts/kernel/awaits-loop';

test.each(['for await (const a of b) f(a);', 'if (a) { for await (const b of c) {} }'])(
  'awaitsLoop() finds the one in %s',
  (cell) => expect(awaitsLoop(cell)).toBe(true),
);

test.each([
  'for (const a of b) {}',
  'async function f() { for await (const a of b) {} }',
  'const f = async () => { for await (const a of b) {} };',
  'class A { async f() { for await (const a of b) {} } }',
  'await f();',
])('awaitsLoop() finds none in %s', (cell) => expect(awaitsLoop(cell)).toBe(false));
