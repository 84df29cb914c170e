import { randomBytes, timingSafeEqual } from 'node:crypto';

/** A word that nobody guesses. */
export function newToken(): string {
  return randomBytes(24).toString('hex');
}

/** Whether two words are equal; it takes as long for a word that is nearly right as for any other. */
export function isToken(token: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [wanted, got] = [Buffer.from(token), Buffer.from(given)];
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}
