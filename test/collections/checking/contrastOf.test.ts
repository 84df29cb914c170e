import { contrastOf } from '../../../src/collections/checking/contrastOf';

test('contrastOf() compares the values of each colour, not one colour with another', () => {
  expect(contrastOf(Uint8Array.of(9, 200, 0, 12, 201, 0))).toEqual({ brightest: 201, contrast: 3 });
});
