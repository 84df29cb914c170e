import { lags } from '../../../scripts/bench/lags';

describe('lags()', () => {
  const written = [
    { epoch: 1, at: 1000 },
    { epoch: 2, at: 1200 },
    { epoch: 3, at: 1400 },
  ];

  test('counts until an epoch, or a later one, was seen', () => {
    const seen = [
      { epoch: 1, at: 1010 },
      { epoch: 3, at: 1430 },
    ];
    expect(lags(written, seen)).toEqual([10, 230, 30]);
  });

  test('does not leave out an epoch that nobody saw', () => {
    expect(() => lags(written, [{ epoch: 2, at: 1300 }])).toThrow(
      'Cannot tell when epoch 3 was seen: it must be among those seen, the last is 2',
    );
    expect(() => lags(written, [])).toThrow('the last is none');
  });
});
