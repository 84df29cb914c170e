import { toldBy } from '../../../scripts/bench/measures/notebook';

const turn = (at: number) => ({ at });
const chart = (epochs: number, at: number) => ({
  at,
  text: `<svg aria-label="Training curve over ${epochs} epochs: accuracy`,
});
const epochs = [
  { epoch: 1, at: 71_000 },
  { epoch: 2, at: 72_000 },
];
const told = { at: 72_300, text: JSON.stringify({ share: 0.015, epochs }) };

/** An import, six calls of a helper, a training from 70 s on and four Grad-CAMs. */
const events = (...charts: { at: number; text: string }[]) => [
  ...[0, 10_000, 10_900, 11_000, 11_300, 11_500, 12_000, 70_000].map(turn),
  ...[...charts, told],
  ...[80_000, 80_300, 80_400, 80_600, 80_750].map(turn),
];

test('the notebook tells the median of a helper, the latest chart, the share of the callbacks, and the first Grad-CAM', () => {
  // 2 s to 7 s of the calls are 0.1, 0.3, 0.2, 0.5 and 58 s; 71 050 − 71 000 and 72 150 − 72 000 ms.
  const answer = toldBy(events(chart(1, 71_050), chart(2, 72_150)));
  expect(answer).toEqual({
    ...{ helperCell: 0.3, progressShare: 1.5 },
    ...{ latestChart: 0.15, medianChart: 0.1, firstGradCam: 0.3, nextGradCam: 0.15 },
  });
});

test('a training whose last chart never came is none', () => {
  expect(() => toldBy(events(chart(1, 71_010)))).toThrow('epoch 2 was seen');
});
