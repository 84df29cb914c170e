/**
 * Names of classes that differ in nothing but capitals or in how their accents are written, those together that are alike.
 *
 * @example
 * likeNamedClasses(['Happy', 'happy', 'sad']); // [['Happy', 'happy']]
 */
export function likeNamedClasses(classNames: readonly string[]): string[][] {
  const alike = new Map<string, string[]>();
  for (const name of classNames) {
    const key = name.normalize('NFC').toLowerCase();
    alike.set(key, [...(alike.get(key) ?? []), name]);
  }
  return [...alike.values()].filter((names) => names.length > 1);
}
