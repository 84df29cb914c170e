import { asFloat, kerasJson } from '../../../src/saving/keras/kerasJson';

test('kerasJson() writes a point in numbers that must have one', () => {
  const value = { rate: asFloat(1), off: asFloat(0), small: asFloat(1e-7), large: asFloat(1e21) };
  expect(kerasJson({ ...value, below: asFloat(-2), units: 1, name: 'a"b 1' })).toBe(
    '{"rate":1.0,"off":0.0,"small":1e-7,"large":1e+21,"below":-2.0,"units":1,"name":"a\\"b 1"}',
  );
});
