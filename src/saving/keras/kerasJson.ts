const MARK = '\u0001float ';
const MARKED = /"\\u0001float ([^"]*)"/g;

/** Marks a number that must be written with a point: JavaScript writes 1.0 as `1`, and Keras takes no `1` as a rate. */
export function asFloat(value: number): string {
  return `${MARK}${value}`;
}

/** Writes JSON as Python does, where numbers are marked by {@link asFloat}. */
export function kerasJson(value: unknown): string {
  return JSON.stringify(value).replace(MARKED, (_, number: string) =>
    /^-?\d+$/.test(number) ? `${number}.0` : number,
  );
}
