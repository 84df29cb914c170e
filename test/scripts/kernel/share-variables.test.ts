import { shareVariables } from '../../../scripts/kernel/share-variables';

test.each([
  ['const a = 1;\nexport { a };', 'export const a = 1;\nexport {  };'],
  ['let a, b = 2;\nexport { a, b };', 'export let a = undefined, b = 2;\nexport {  };'],
  ['const { a, ...b } = f();\nexport { a, b };', 'export const { a, ...b } = f();\nexport {  };'],
  ['const [a, [b]] = f();\nexport { a, b };', 'export const [a, [b]] = f();\nexport {  };'],
  ['const f = () => 1;\nexport { f };', 'export const f = ({ f: () => 1 }).f;\nexport {  };'],
  ['const f = class A {};\nexport { f };', 'export const f = class A {};\nexport {  };'],
  ['class C {}\nexport { C };', 'export let C = class C {};\nexport {  };'],
])('shareVariables() exports %j where it is declared', (module, shared) => {
  expect(shareVariables(module)).toBe(shared);
});

test.each([
  ['var a = 1;\nvar a = 2;\nexport { a };', 'export var a; a = 1;\na = 2;\nexport {  };'],
  ['var a;\nexport { a };', 'export var a = undefined; ;\nexport {  };'],
  [
    'for (var i = 0; i < 3; i++) { let j = i; }\nexport { i };',
    'export var i; for (i = 0; i < 3; i++) { let j = i; }\nexport {  };',
  ],
  ['var [a] = f();\nexport { a };', 'export var a; ([a] = f());\nexport {  };'],
])('shareVariables() exports the vars of %j at the head', (module, shared) => {
  expect(shareVariables(module)).toBe(shared);
});

test('shareVariables() exports a function before the cell begins', () => {
  expect(shareVariables('f();\nfunction f() { var a = 1; }\nexport { f };')).toBe(
    'exports.f = f; f();\nfunction f() { var a = 1; }\nexport { f };',
  );
});

test.each([
  "import { a } from 'a';\nexport { a };",
  'console.log(1);',
  'export const last = 1;\nexport {};',
])('shareVariables() leaves what is no variable of the cell itself: %j', (module) => {
  expect(shareVariables(module)).toBe(module);
});
