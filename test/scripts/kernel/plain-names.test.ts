import { notePackages, plainNames } from '../../../scripts/kernel/plain-names';

beforeAll(() => notePackages('const smile_lab_1 = require("smile-lab");\nexports.a_1 = 2;'));

test.each([
  ['exports.model.smile is not a function', 'model.smile is not a function'],
  ['smile_lab_1.tf.smile is not a function', 'tf.smile is not a function'],
  ['(0 , smile_lab_1.smile) is not a function', 'smile is not a function'],
  ['exports.model is not iterable', 'model is not iterable'],
])('plainNames() writes the author’s names in «%s»', (message, plain) => {
  expect(plainNames(message)).toBe(plain);
});

test.each([
  'model_1.smile is not a function',
  'a_1.smile is not a function',
  'module.exports.smile is not a function',
  '(0 , model_1.smile) is not a function',
  "Cannot read properties of undefined (reading 'exports')",
])('plainNames() leaves «%s»', (message) => expect(plainNames(message)).toBe(message));
