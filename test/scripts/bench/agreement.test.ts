import {
  checkEach,
  checkEqual,
  checkGraph,
  checkLearned,
  checkRelative,
  Disagreement,
} from '../../../scripts/bench/agreement';

describe('checkRelative()', () => {
  test('takes values within the tolerance of the largest', () => {
    expect(() => checkRelative('the loss', { keras: 0.7, ours: 0.70006 }, 1e-4)).not.toThrow();
  });

  test('names what differs and all values beyond it', () => {
    const check = () => checkRelative('the loss', { keras: 0.7, ours: 0.7001 }, 1e-4);
    expect(check).toThrow(Disagreement);
    expect(check).toThrow(
      'the loss must be within 0.0001 of the largest, got keras 0.7, ours 0.7001',
    );
  });

  test('does not take what is no number', () => {
    expect(() => checkRelative('the loss', { keras: 0.7, ours: NaN }, 1e-4)).toThrow(Disagreement);
  });
});

describe('checkEach()', () => {
  test('names the place', () => {
    const lists = { keras: [0.1, 0.2], ours: [0.1, 0.3] };
    expect(() => checkEach('predictions', lists, 0.1001)).not.toThrow();
    expect(() => checkEach('predictions', lists, 1e-5)).toThrow('predictions, number 2, must be');
  });

  test('refuses lists of other lengths', () => {
    const lists = { keras: [0.1], ours: [0.1, 0.2] };
    expect(() => checkEach('predictions', lists, 1)).toThrow(
      'the number of predictions must be equal, got keras 1, ours 2',
    );
  });
});

describe('checkEqual()', () => {
  test('takes what is the same alone', () => {
    expect(() => checkEqual('the pixels', { keras: 'ab', ours: 'ab' })).not.toThrow();
    expect(() => checkEqual('the pixels', { keras: 'ab', ours: 'ac' })).toThrow(Disagreement);
  });
});

describe('checkGraph()', () => {
  test('requires that ours ran a graph and stock tfjs-node none', () => {
    const check = (ours: number, stock: number) => () =>
      checkGraph('x', { ours: { graphRuns: ours }, stock: { graphRuns: stock } });
    expect(check(8, 0)).not.toThrow();
    expect(check(0, 0)).toThrow(Disagreement);
    expect(check(8, 8)).toThrow(Disagreement);
  });
});

describe('checkLearned()', () => {
  test('requires a loss below that of guessing, ln 2', () => {
    expect(() => checkLearned('the loss', { keras: 0.6, ours: 0.69 })).not.toThrow();
    expect(() => checkLearned('the loss', { keras: 0.6, ours: 0.7 })).toThrow(Disagreement);
    expect(() => checkLearned('the loss', { keras: 0.6, ours: NaN })).toThrow(Disagreement);
  });
});
