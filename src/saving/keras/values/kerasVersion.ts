/** From here on files are of Keras 3. */
export const KERAS_3 = 300;

/**
 * The version of Keras that wrote a file, as a number that grows with it: 215 for "2.15.0", 310 for "3.10.0". Some settings
 * mean something else in another version.
 *
 * @param written `keras_version` of the file
 * @param otherwise where the file does not say it
 */
export function kerasVersion(written: unknown, otherwise: number): number {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(String(written)) ?? [];
  return major === undefined ? otherwise : 100 * Number(major) + Number(minor);
}
