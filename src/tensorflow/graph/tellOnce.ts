const told = new Set<string>();

/**
 * Warns, once a process.
 *
 * @param key what is the same for all warnings of which one is enough; the sentence itself when left out
 */
export function tellOnce(sentence: string, key: string = sentence): void {
  if (told.has(key)) return;
  told.add(key);
  // A training has no other way to speak to whoever started it.
  // eslint-disable-next-line no-console
  console.warn(sentence);
}
