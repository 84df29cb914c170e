import { describeExport } from '../../src/display/text/describeExport';
import { checkLoss } from '../../src/phones/checkLoss';
import { accuracyOf, type FileReport, fileReport } from '../../src/phones/fileReport';

const own = [[0.5], [0.75], [0.25], [0.875]];
const labels = [0, 1, 1, 1];

test('a file is compared with its model, picture by picture', () => {
  const answers = [[0.625], [0.75], [0.25], [0.875]];
  expect(accuracyOf(own, labels)).toBe(0.75);
  expect(fileReport('int8', 10, answers, own, labels)).toEqual({
    kind: 'int8',
    bytes: 10,
    accuracy: 0.5,
    agreement: 0.75,
    largestDifference: 0.125,
  });
});

test('of several classes the largest counts, and without labels no accuracy is told', () => {
  const softmax = [[0.25, 0.5, 0.25]];
  const report = fileReport('dynamic', 1, [[0.5, 0.25, 0.25]], softmax);
  expect([report.accuracy, report.agreement, report.largestDifference]).toEqual([
    undefined,
    0,
    0.25,
  ]);
});

test('a file that answers with no number is infinitely far away', () => {
  expect(fileReport('int8', 1, [[NaN]], [[0.5]]).largestDifference).toBe(Infinity);
});

const measured = (right: number) => ({
  ...{ pictures: 100, ofPictures: 250, accuracy: 0.9 },
  files: [
    { kind: 'float32', bytes: 4e6, accuracy: 0.9, agreement: 1, largestDifference: 0 },
    { kind: 'int8', bytes: 9e5, accuracy: right / 100, agreement: 0.5, largestDifference: 0.25 },
  ],
});

test.each([95, 90, 88])('a quantized file right in %i of 100 is written beside 90', (right) => {
  expect(() => checkLoss('Cannot export', measured(right))).not.toThrow();
});

test('one that loses more than 2 points is refused, with how it can be written all the same', () => {
  expect(() => checkLoss('Cannot export', measured(87))).toThrow(
    'Cannot export: as int8 it is right in 87 of 100 pictures, and the model in 90; at most 2 points may be lost, unless that is accepted (acceptLoss, --accept-loss)',
  );
});

test('of so few pictures that one is more than 2 points the error says so', () => {
  const [float32, int8] = measured(0).files as [FileReport, FileReport];
  const files = [
    { ...float32, accuracy: 1 },
    { ...int8, accuracy: 0.975 },
  ];
  expect(() =>
    checkLoss('Cannot export', { pictures: 40, ofPictures: 40, accuracy: 1, files }),
  ).toThrow(
    'it is right in 39 of 40 pictures, and the model in 40; at most 2 points may be lost, where so few pictures make more of one, unless',
  );
});

test('a report is told in lines', () => {
  expect(describeExport(measured(88))).toBe(
    `Measured on 100 of 250 pictures, of which the model gets 90.0 % right:
  float32: 4.00 MB, 90.0 % right, the model's class in 100.0 %, at most 0 apart
  int8: 900.0 kB (0.225 of it), 88.0 % right, the model's class in 50.0 %, at most 0.3 apart`,
  );
});
