import { drawVerdict, VERDICT_COLOURS } from '../../../src/display/pictures/drawVerdict';
import { BLINDNESSES, colourDistance } from '../../support/colourBlindness';
import { contrast } from '../../support/contrast';

const box = { x: 0, y: 10, width: 120, height: 80 };

test('drawVerdict() frames the picture within its box, and draws a tick or a cross', () => {
  const [right, wrong] = [drawVerdict(true, box), drawVerdict(false, box)];
  expect(right).toContain('<rect x="2" y="12" width="116" height="76"');
  const signOf = (svg: string) => /<path d="([^"]*)"/.exec(svg)![1];
  expect(signOf(right)).not.toBe(signOf(wrong));
  expect(drawVerdict(true, { ...box, height: 1 })).not.toMatch(/height="-/);
});

test.each(Object.entries(BLINDNESSES))('right and wrong can be told apart with %s', (_, seenBy) => {
  const { right, wrong } = VERDICT_COLOURS;
  expect(colourDistance(right, wrong, seenBy)).toBeGreaterThan(50);
  for (const colour of [right, wrong]) expect(contrast(colour, '#ffffff')).toBeGreaterThan(3);
});
