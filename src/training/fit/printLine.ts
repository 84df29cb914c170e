/** Where a callback's sentences go that is told no other place: to standard output, which a notebook shows too. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
