import { lookOf, runLook } from '../../../src/display/charts/trainingLooks';
import { trainingRuns } from '../../../src/display/charts/trainingRuns';
import { BLINDNESSES, colourDistance } from '../../support/colourBlindness';
import { contrast } from '../../support/contrast';

const looks = [0, 1, 2, 3, 4, 5].map(runLook);

test('runLook() gives each run a colour that stands out from the card, and a mark', () => {
  for (const { colour } of looks) expect(contrast(colour, '#ffffff')).toBeGreaterThan(3);
  expect(new Set(looks.map(({ mark }) => mark)).size).toBe(6);
});

test.each(Object.entries(BLINDNESSES))('runLook() can be told apart with %s', (_, seenBy) => {
  const pairs = looks.flatMap((a, i) => looks.slice(i + 1).map((b) => [a.colour, b.colour]));
  for (const [a, b] of pairs) expect(colourDistance(a!, b!, seenBy)).toBeGreaterThan(15);
});

test('lookOf() tells training from validation by colour in one run, by dots in several', () => {
  const history = { loss: [1], val_loss: [1] };
  const [one, several] = [trainingRuns(history), trainingRuns({ a: history, b: { loss: [1] } })];
  expect(lookOf(one, 0, 'training').colour).not.toBe(lookOf(one, 0, 'validation').colour);
  expect(lookOf(several, 1, 'validation')).toEqual(runLook(1));
  expect(lookOf(several, 1, 'training')).toEqual({ ...runLook(1), dash: [2, 3] });
});
