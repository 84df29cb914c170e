import { dayName } from '../../src/files/dayName';

test('dayName is of this computer: the last minute of a year is still of it', () => {
  expect(dayName(new Date(2025, 11, 31, 23, 59))).toBe('2025-12-31');
  expect(dayName(new Date(2026, 0, 1))).toBe('2026-01-01');
});
