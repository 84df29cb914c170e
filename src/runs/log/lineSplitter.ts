/** An evaluation of 2,000 pictures has some 400 kB; what is far longer was not written by us. */
export const LONGEST_LINE = 16 << 20;

const NEWLINE = 0x0a;

/** A line of a log, without its end. */
export interface Line {
  /** From 1. */
  number: number;
  /** Undefined where there are more than {@link LONGEST_LINE}. */
  bytes: Buffer | undefined;
}

/** Makes lines of a file that comes in blocks. */
export class LineSplitter {
  private rest: Buffer = Buffer.alloc(0);
  private isSkipping = false;
  private lines = 0;

  /** Whether a line has begun that has no end yet. */
  get isInLine(): boolean {
    return this.rest.length > 0 || this.isSkipping;
  }

  /** Gives the lines that end in a block, and one that got too long in it. */
  *add(block: Buffer): Generator<Line> {
    let start = 0;
    for (;;) {
      const stop = block.indexOf(NEWLINE, start);
      if (stop < 0) break;
      const end = block.subarray(start, stop);
      const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, end]) : end;
      this.rest = Buffer.alloc(0);
      start = stop + 1;
      this.lines++;
      if (!this.isSkipping) yield { number: this.lines, bytes };
      this.isSkipping = false;
    }
    if (this.isSkipping) return;
    this.rest = Buffer.concat([this.rest, block.subarray(start)]);
    if (this.rest.length <= LONGEST_LINE) return;
    [this.rest, this.isSkipping] = [Buffer.alloc(0), true];
    yield { number: this.lines + 1, bytes: undefined };
  }
}
