import { nearest } from './nearest';
import { show } from './show';

/** The names of all options that a function takes: TypeScript asks for each. */
export type OptionNames<Options extends object> = Readonly<Record<keyof Required<Options>, true>>;

/**
 * Refuses options that a function does not take. TypeScript finds them where it looks; JavaScript, and an `any` of a
 * notebook, can bring what Keras calls them, or a slip of the pen, and what is not known would be left out in silence.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param known all that it takes
 * @throws {TypeError} when there is another one, or the options are no object
 *
 * @example
 * checkOptionNames('Cannot load pictures', { seed: 1 }, { seed: true }); // undefined: nothing is wrong
 */
export function checkOptionNames<Options extends object>(
  action: string,
  options: Options,
  known: OptionNames<Options>,
): void {
  const names = Object.keys(known);
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${action}: options are required in an object, with ${names.join(', ')}, got ${show(options)}`,
    );
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  const near = nearest(unknown, names);
  const meant = near === undefined ? '.' : `, did you mean ${show(near)}?`;
  throw new TypeError(
    `${action}: there is no option ${show(unknown)}${meant} There are ${names.join(', ')}`,
  );
}
