import { shareVariables } from '../../../scripts/kernel/share-variables';

test.each([
  ['const a = 1;\nexport { a };', 'export const a = 1;\nexport {  };'],
  ['let a, b = 2;\nexport { a, b };', 'export let a = undefined, b = 2;\nexport {  };'],
  ['const { a, ...b } = f();\nexport { a, b };', 'export const { a, ...b } = f();\nexport {  };'],
  ['const [a, [b]] = f();\nexport { a, b };', 'export const [a, [b]] = f();\nexport {  };'],
  ['const f = () => 1;\nexport { f };', 'export const f = ({ f: () => 1 }).f;\nexport {  };'],
  ['const f = class A {};\nexport { f };', 'export const f = class A {};\nexport {  };'],
])('shareVariables() exports %j where it is declared', (module, shared) => {
  expect(shareVariables(module)).toBe(shared);
});

test.each([
  'function f() { const a = 1; return a; }\nclass C {}\nexport { f, C };',
  "import { a } from 'a';\nexport { a };",
  'for (var i = 0; i < 3; i++) { let j = i; }\nexport { i };',
  'console.log(1);',
  'export const last = 1;\nexport {};',
])('shareVariables() leaves what is no variable of the cell itself: %j', (module) => {
  expect(shareVariables(module).replace('{  }', '{}')).toBe(module);
});
