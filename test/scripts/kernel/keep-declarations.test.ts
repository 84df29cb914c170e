import { keepDeclarations } from '../../../scripts/kernel/keep-declarations';

/** Declarations without line ends and doubled spaces. */
const kept = (before: string, after: string, set: string[]) =>
  keepDeclarations(before, after, (name) => set.includes(name))
    .replace(/\s+/g, ' ')
    .trim();

test('keepDeclarations() keeps what the failed cell had set, and leaves out what it had not', () => {
  const after =
    'declare const a: number, b: string; declare class C {} declare function f(): void;';
  expect(kept('', after, ['a', 'f'])).toBe('declare const a: number; declare function f(): void;');
});

test('keepDeclarations() gives back what the cell would have declared anew', () => {
  const before = 'declare let a: number, other: 1;';
  expect(kept(before, 'declare const a: string; declare let other: 1;', ['other'])).toBe(
    'declare let other: 1; declare let a: number;',
  );
});

test('keepDeclarations() keeps types and imports', () => {
  const after = "import { tf } from 'smile-lab'; interface A {} type B = A;";
  expect(kept('', after, [])).toBe(after);
});
