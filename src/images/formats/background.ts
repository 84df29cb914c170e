import { show } from '../../errors/show';

/** Red, green and blue, 0–255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What a transparent picture is laid on: a word, a colour as `'#ffcc00'`, or its red, green and blue, 0–255. */
export type Background = 'white' | 'black' | `#${string}` | Rgb;

const WORDS: Record<string, Rgb> = { white: [255, 255, 255], black: [0, 0, 0] };

/**
 * Reads a background.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @returns undefined where none is given: transparency is dropped then, as Keras does
 * @throws {RangeError} when it is no colour
 *
 * @example
 * checkedBackground('Cannot load pictures', '#ff0080'); // [255, 0, 128]
 */
export function checkedBackground(action: string, background?: Background): Rgb | undefined {
  if (background === undefined) return undefined;
  const colour = typeof background === 'string' ? ofText(background) : background;
  const isByte = (value: unknown) =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
  if (Array.isArray(colour) && colour.length === 3 && colour.every(isByte)) return colour as Rgb;
  throw new RangeError(
    `${action}: background must be "white", "black", a colour as "#ffcc00" or [red, green, blue] in 0–255, got ${show(background)}`,
  );
}

function ofText(text: string): Rgb | undefined {
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  const [, ...digits] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text) ?? [];
  return digits.length === 3
    ? (digits.map((pair) => parseInt(pair, 16)) as unknown as Rgb)
    : undefined;
}
