import { drawReliability } from '../../../src/display/charts/drawReliability';

const evaluation = {
  calibrationError: 0.05,
  calibration: [
    { confidence: 0.5, accuracy: 0.75, count: 4 },
    { confidence: 1, accuracy: 0.9, count: 400 },
  ],
};

test('drawReliability() says its numbers to one who cannot see it', () => {
  expect(drawReliability(evaluation)).toContain(
    '<title>Reliability: calibration error 5.0 points; of 4 pictures 50 % sure 75 % right; of 400 pictures 100 % sure 90 % right</title>',
  );
});

test('drawReliability() sets a point where sureness and accuracy are, the larger the more pictures, with its gap', () => {
  const svg = drawReliability(evaluation);
  // A panel of 320: half sure is at 160; three quarters right at 80 from above, the even line at 160.
  expect(svg).toContain('<path d="M160 160V80" ');
  expect(svg).toContain('<circle cx="160" cy="80" r="4" ');
  expect(svg).toContain('<circle cx="320" cy="32" r="12" ');
});

test('drawReliability() shows a few pictures beside many', () => {
  // Four of 400 are 0.7 of 70 pixels; what is there is at least 1 high.
  expect(drawReliability(evaluation)).toContain('<rect x="153" y="69" width="14" height="1" ');
});

test('drawReliability() refuses what is no evaluation, and one without probabilities', () => {
  expect(() => drawReliability({} as typeof evaluation)).toThrow(
    new TypeError(
      'Cannot draw the reliability: an evaluation is required, an object with calibration and calibrationError, as evaluatePictures gives it',
    ),
  );
  expect(() => drawReliability({ calibrationError: NaN, calibration: [] })).toThrow(
    new RangeError(
      'Cannot draw the reliability: probabilities are required, and the model gives none',
    ),
  );
});
