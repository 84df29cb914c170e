const warned = new Set<string>();

/**
 * Warns, once a process.
 *
 * @param key what is the same for all warnings of which one is enough; the sentence itself when left out
 * @param others keys of warnings that would say the same once more
 */
export function warnOnce(sentence: string, key: string = sentence, ...others: string[]): void {
  if (warned.has(key)) return;
  for (const each of [key, ...others]) warned.add(each);
  // A training has no other way to speak to whoever started it.
  // eslint-disable-next-line no-console
  console.warn(sentence);
}
