/**
 * A day as names of folders have it, in this computer's time.
 *
 * @example
 * dayName(new Date(2026, 0, 31)); // '2026-01-31'
 */
export function dayName(day = new Date()): string {
  // Sweden writes dates as ISO 8601 does.
  return day.toLocaleDateString('sv-SE');
}
