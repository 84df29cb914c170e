import { show } from './show';

/**
 * Checks that a path was given, which JavaScript, and an `any` of a notebook, can leave out or put in another's place.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param what is at the path: "a folder"
 * @throws {TypeError} when it is no text, or empty
 *
 * @example
 * checkPath('Cannot train', 'data, a folder', 'my-faces');
 */
export function checkPath(action: string, what: string, path: unknown): asserts path is string {
  if (typeof path === 'string' && path !== '') return;
  throw new TypeError(`${action}: ${what} is required as a text, got ${show(path)}`);
}
