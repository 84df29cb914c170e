import { curvesSeen, lags } from '../../../scripts/bench/lags';

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

describe('curvesSeen()', () => {
  test('takes the last chart that was drawn with what was fetched, of each run', () => {
    const fetched = [
      { id: 'a', epoch: 10, at: 100 },
      { id: 'b', epoch: 7, at: 105 },
      { id: 'a', epoch: 30, at: 1100 },
      { id: 'b', epoch: 27, at: 1105 },
    ];
    const charts = [50, 120, 140, 1130, 1150];
    expect(curvesSeen({ fetched, charts }, 'a')).toEqual([
      { epoch: 10, at: 140 },
      { epoch: 30, at: 1150 },
    ]);
    expect(curvesSeen({ fetched, charts }, 'b')[1]).toEqual({ epoch: 27, at: 1150 });
  });

  test('leaves out what was fetched and changed no chart', () => {
    const fetched = [
      { id: 'a', epoch: 10, at: 100 },
      { id: 'a', epoch: 11, at: 200 },
    ];
    expect(curvesSeen({ fetched, charts: [150] }, 'a')).toEqual([{ epoch: 10, at: 150 }]);
  });
});
