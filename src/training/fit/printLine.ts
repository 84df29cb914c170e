/** Where a callback's sentences go that is given no other: to standard output, which a notebook shows too. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
