import {
  byGraph,
  checkAgreement,
  equal,
  learned,
  within,
  withinShare,
} from '../../../scripts/bench/agreement';

type Rule = Parameters<typeof checkAgreement>[3];
const check = (rule: Rule, answers: Record<string, unknown>) => () => {
  const round = Object.entries(answers).map(([role, value]) => [role, { value }]);
  checkAgreement('the loss', Object.fromEntries(round), 'value', rule);
};

describe('checkAgreement()', () => {
  test('takes values within a share of the largest, and names all that are not', () => {
    expect(check(withinShare(1e-4), { keras: 0.7, ours: 0.70006 })).not.toThrow();
    expect(check(withinShare(1e-4), { keras: 0.7, ours: 0.7001 })).toThrow(
      'The contestants differ: the loss must be within 0.0001 of the largest, got keras 0.7, ours 0.7001',
    );
  });

  test('compares lists place by place, and names the place', () => {
    const lists = { keras: [0.1, 0.2], ours: [0.1, 0.3] };
    expect(check(within(0.1001), lists)).not.toThrow();
    expect(check(within(1e-5), lists)).toThrow('the loss, number 2, must be within 0.00001');
  });

  test.each([
    ['what is no number', within(1), { keras: 0.7, ours: NaN }],
    ['what one has not answered', within(1), { keras: 0.7, ours: undefined }],
    ['lists of other lengths', within(1), { keras: [0.1], ours: [0.1, 0.2] }],
    ['what is not the same', equal, { keras: 'ab', ours: 'ac' }],
  ])('does not take %s', (_, rule, answers) => {
    expect(check(rule, answers)).toThrow('The contestants differ');
  });

  test('takes what is the same', () => {
    expect(check(equal, { keras: 'ab', ours: 'ab' })).not.toThrow();
  });

  test('requires that ours ran a graph and stock tfjs-node none', () => {
    expect(check(byGraph, { ours: 8, stock: 0 })).not.toThrow();
    expect(check(byGraph, { ours: 8 })).not.toThrow();
    expect(check(byGraph, { ours: 0, stock: 0 })).toThrow('and some of ours');
    expect(check(byGraph, { ours: 8, stock: 8 })).toThrow('none of stock tfjs-node');
  });

  test('requires a loss below that of guessing, ln 2', () => {
    expect(check(learned, { keras: 0.6, ours: 0.69 })).not.toThrow();
    expect(check(learned, { keras: 0.6, ours: 0.7 })).toThrow('below 0.693');
    expect(check(learned, { keras: 0.6, ours: null })).toThrow('below 0.693'); // JSON's NaN
  });
});
