import { describeCheck } from '../../../src/display/text/describeCheck';
import type { PictureProblem } from '../../../src/collections/checking/checkReport';

const problem = (file: string, kind: PictureProblem['kind'], detail = 'why'): PictureProblem => ({
  file,
  kind,
  detail,
  others: [],
});

test('describeCheck() tells the balance of the classes and that there is no problem', () => {
  const report = {
    files: 4,
    valid: 4,
    problems: [],
    classes: [
      { name: 'happy', count: 1 },
      { name: 'sad', count: 3 },
    ],
  };
  expect(describeCheck(report)).toBe(
    '4 files, all of which can be used: happy 1, sad 3. Always guessing "sad" is right in 75.0 %.\nNo problems.',
  );
});

test('describeCheck() names of a thousand classes the first twelve', () => {
  const classes = Array.from({ length: 1000 }, (_, i) => ({ name: `c${i}`, count: 2 }));
  expect(describeCheck({ files: 2000, valid: 2000, problems: [], classes })).toContain(
    'c10 2, c11 2 and 988 more classes. Always guessing "c0" is right in 0.1 %.',
  );
});

test('describeCheck() lists invalid files first, each kind together', () => {
  const problems = [
    problem('a/1.png', 'animated', 'it moves'),
    problem('a/long name.png', 'empty', 'it has no bytes'),
    problem('b/2.png', 'animated', 'it moves'),
  ];
  expect(
    describeCheck({
      files: 3,
      valid: 2,
      problems,
      classes: [
        { name: 'a', count: 1 },
        { name: 'b', count: 1 },
      ],
    }).split('\n'),
  ).toEqual([
    '3 files, 2 of which can be used: a 1, b 1. Always guessing "a" is right in 50.0 %.',
    '',
    '         problem   file',
    'invalid  empty     a/long name.png  it has no bytes',
    'suspect  animated  a/1.png          it moves',
    '                   b/2.png          it moves',
  ]);
});

test('describeCheck() lists ten of each kind, and counts the others', () => {
  const problems = Array.from({ length: 1000 }, (_, i) => problem(`a/${i}.png`, 'too-small'));
  const lines = describeCheck({
    files: 1000,
    valid: 1000,
    problems,
    classes: [
      { name: 'a', count: 1000 },
      { name: 'b', count: 0 },
    ],
  }).split('\n');
  expect(lines).toHaveLength(14);
  expect(lines.at(-1)).toMatch(/^ +… and 990 more$/);
});

test('describeCheck() guesses nothing where no picture is valid', () => {
  const problems = [problem('a/1.png', 'empty')];
  expect(
    describeCheck({
      files: 1,
      valid: 0,
      problems,
      classes: [
        { name: 'a', count: 0 },
        { name: 'b', count: 0 },
      ],
    }),
  ).toMatch(/^1 file, 0 of which can be used: a 0, b 0\.\n/);
});
