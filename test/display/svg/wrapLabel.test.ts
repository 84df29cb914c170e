import { wrapLabel } from '../../../src/display/svg/wrapLabel';

test('wrapLabel() leaves a short label on one line', () => {
  expect(wrapLabel('happy', 7.5, 2)).toEqual(['happy']);
});

test('wrapLabel() gives an empty label one empty line', () => {
  expect(wrapLabel('', 7.5, 2)).toEqual(['']);
});

test('wrapLabel() breaks between words', () => {
  expect(wrapLabel('happy 99.8 %', 6, 2)).toEqual(['happy', '99.8 %']);
});

test('wrapLabel() breaks a word that is too long', () => {
  expect(wrapLabel('averyveryverylongname', 7.5, 2)).toEqual(['averyveryver', 'ylongname']);
});

test('wrapLabel() ends a label that needs more lines in an ellipsis', () => {
  expect(wrapLabel('one two three four', 4, 2)).toEqual(['one', 'two…']);
  expect(wrapLabel('averyveryverylongword', 5, 1)).toEqual(['averyve…']);
});

test('wrapLabel() keeps the line breaks of the label', () => {
  expect(wrapLabel('sad\r\n54 %', 7.5, 2)).toEqual(['sad', '54 %']);
});

test('wrapLabel() counts wide characters double and never cuts an emoji', () => {
  expect(wrapLabel('幸せそうな顔です', 5, 2)).toEqual(['幸せそう', 'な顔です']);
  expect(wrapLabel('👨‍👩‍👧👨‍👩‍👧', 1.2, 2)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
});

test('wrapLabel() breaks a file name behind a hyphen, where that fills half the line', () => {
  expect(wrapLabel('twemoji-1f629-weary-face.png', 9.4, 2)).toEqual([
    'twemoji-1f629-',
    'weary-face.png',
  ]);
  expect(wrapLabel('a-verylongwordwithouthyphens', 9.4, 2)).toEqual([
    'a-verylongwordw',
    'ithouthyphens',
  ]);
});
