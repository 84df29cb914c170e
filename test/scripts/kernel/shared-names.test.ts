import { type CellOutput, executeCells } from '../../support/kernel';

const sources = {
  twice: 'var v = 1; var v = 2; v',
  total: 'var total = 0; for (const x of [1, 2, 3]) { var total = total + x; } total',
  inBlock: 'var q = 1; if (true) { var q = 7; } q',
  acrossCells: 'var v = v + 1; var q = q * 2; [v, q]',
  blocks: `for (var i = 0, k = 5; i < 3; i++) {}
    if (true) { var y = 5 }
    try { var z = { a: 7 } } catch {}
    switch (1) { case 1: var s = [1, 'a'] }
    do { var f = () => 1 } while (false);
    { var { a, ...b } = { a: 1, c: 2 }, [e, [g]] = [1, ['x']]; }
    for (var o of [1, 2]) {} for (var [d] of [[1]]) {} for (var n in { key: 1 }) {}
    for await (var w of [Promise.resolve(4)]) {}
    console.log(i, k, y, z, s, f.name, a, b, e, g, o, d, n, w);`,
  blocksLater: `const sum: number = i + k + y + z.a + f() + a + e + o + d + w;
    console.log(sum, s, b, g, n);`,
  typed: 'const text: string = y;',
  tensor: `import { tf } from 'smile-lab';
    for (var t of [tf.ones([2])]) { var shape = t.shape; }`,
  tensorLater: 'const ones: tf.Tensor = t; console.log(shape, ones.size);',
  unset: `var found; for (var one of [1, 2]) if (one > 5) found = one; console.log(found, one);
    if (false) { var never = 3; } console.log(never);`,
  forms: `class Face { static a = 1; static b = Face.a * 2; twin() { return new Face(); } }
    function smile(times = 3): string { return times === 0 ? '' : ')' + smile(times - 1); }
    const show = () => smile(); const make = () => new Face();
    console.log(later(), show(), smile.name, Face.b, make().twin());
    function later() { return 'hoisted'; }`,
  formsAgain: `class Face { happy = true } function smile() { return ':D'; }
    console.log(show(), make(), ((smile: number) => smile)(3), { smile: 4 }.smile);`,
  callee: 'function whose(this: unknown) { return this === globalThis; } whose()',
  moods: 'enum Mood { Sad, Happy } namespace N { export function n() { return 1; } } N.n()',
  moodsAgain: 'enum Mood { Happy } Mood',
};
let outputs: Record<keyof typeof sources, CellOutput[]>;

beforeAll(async () => {
  const all = await executeCells(Object.values(sources).map((source) => ({ source })));
  outputs = Object.fromEntries(
    Object.keys(sources).map((name, index) => [name, all[index]]),
  ) as typeof outputs;
});

const printed = (name: keyof typeof sources) => outputs[name].map(({ text }) => text).join('');
const result = (name: keyof typeof sources) => outputs[name].at(-1)?.data?.['text/plain'];

test.each([
  ['twice', '2'],
  ['total', '6'],
  ['inBlock', '7'],
  ['acrossCells', '[ 3, 14 ]'],
] as const)('a var that is declared again keeps what it is set to: %s', (name, value) => {
  expect(result(name)).toBe(value);
});

describe('a var of a block belongs to the whole cell', () => {
  test('also in loops and patterns', () => {
    expect(printed('blocks')).toBe("3 5 5 { a: 7 } [ 1, 'a' ] f 1 { c: 2 } 1 x 2 1 key 4\n");
  });

  test('and to later cells, with its type', () => {
    // 3 + 5 + 5 + 7 + 1 + 1 + 1 + 2 + 1 + 4
    expect(printed('blocksLater')).toBe("30 [ 1, 'a' ] { c: 2 } x key\n");
    expect(outputs.typed.at(-1)?.evalue).toContain(
      "Type 'number' is not assignable to type 'string'",
    );
    expect(printed('tensorLater')).toBe('[ 2 ] 2\n');
  });

  test('and has no value until it is set', () => {
    expect(printed('unset')).toBe('undefined 2\nundefined\n');
  });
});

describe('a function or class that a later cell declares again', () => {
  test('was there before', () => {
    expect(printed('forms')).toBe('hoisted ))) smile 2 Face {}\n');
  });

  test('is what the functions of earlier cells use', () => {
    expect(printed('formsAgain')).toBe(':D Face { happy: true } 3 4\n');
  });

  test('is called as a function, not as a method', () => expect(result('callee')).toBe('true'));

  test('has nothing left of the one before, as an enum', () => {
    expect(result('moods')).toBe('1');
    expect(result('moodsAgain')).toBe("{ '0': 'Happy', Happy: 0 }");
  });
});
