import { classMark } from '../../../src/display/network/classMark';

test('classMark() gives 42 classes marks of their own, neighbours of other colour and other shape', () => {
  const marks = Array.from({ length: 42 }, (_, place) => classMark(place, 0, 0, 7));
  expect(new Set(marks).size).toBe(42);
  for (let place = 1; place < 42; place += 1) {
    const [a, b] = [marks[place - 1]!, marks[place]!];
    expect(/fill="(#\w+)"/.exec(a)![1]).not.toBe(/fill="(#\w+)"/.exec(b)![1]);
    expect(a.replace(/fill="#\w+"/, '')).not.toBe(b.replace(/fill="#\w+"/, ''));
  }
});
