import { lookOf, RUN_LOOKS } from '../../../src/display/charts/trainingLooks';
import { trainingRuns } from '../../../src/display/charts/trainingRuns';
import { BLINDNESSES, colourDistance } from '../../support/colourBlindness';
import { contrast } from '../../support/contrast';

test('RUN_LOOKS gives each run a colour that stands out from the card, and a mark', () => {
  for (const { colour } of RUN_LOOKS) expect(contrast(colour, '#ffffff')).toBeGreaterThan(3);
  expect(new Set(RUN_LOOKS.map(({ mark }) => mark)).size).toBe(6);
});

test.each(Object.entries(BLINDNESSES))('RUN_LOOKS can be told apart with %s', (_, seenBy) => {
  const pairs = RUN_LOOKS.flatMap((a, i) =>
    RUN_LOOKS.slice(i + 1).map((b) => [a.colour, b.colour]),
  );
  for (const [a, b] of pairs) expect(colourDistance(a!, b!, seenBy)).toBeGreaterThan(15);
});

test('lookOf() tells training from validation by colour in one run, by dots in several', () => {
  const history = { loss: [1], val_loss: [1] };
  const [one, several] = [trainingRuns(history), trainingRuns({ a: history, b: { loss: [1] } })];
  expect(lookOf(one, 0, 'training').colour).not.toBe(lookOf(one, 0, 'validation').colour);
  expect(lookOf(several, 1, 'validation')).toEqual(RUN_LOOKS[1]);
  expect(lookOf(several, 1, 'training')).toEqual({ ...RUN_LOOKS[1], dash: [2, 3] });
});
