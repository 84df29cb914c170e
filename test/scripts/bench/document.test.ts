import { fill } from '../../../scripts/bench/document';

describe('fill()', () => {
  test('puts values in the places of their names', () => {
    expect(fill('{{count}} JPEGs of {{size}}²', { count: 300, size: 256 })).toBe(
      '300 JPEGs of 256²',
    );
  });

  test('does not leave out a value that is missing', () => {
    expect(() => fill('{{count}} JPEGs', {})).toThrow(
      'Cannot fill in: a value for "count" is required, got none',
    );
  });
});
