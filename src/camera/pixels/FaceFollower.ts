import type { Square } from './pixels';

interface Found {
  square: Square;
  time: number;
  /** Of the picture. */
  size: string;
}

/**
 * Says where a face must be that was found a moment ago, for every second picture of a film: to find it takes longer than to
 * classify it. It moves on as it has moved between the last two times.
 */
export class FaceFollower {
  private before: Found | undefined;
  private last: Found | undefined;
  private isGuessed = false;

  /**
   * @param time of the picture, in ms
   * @param size of the picture
   * @returns undefined when the face must be looked for
   */
  expected(time: number, size: string): Square | undefined {
    const { before, last } = this;
    if (this.isGuessed || last?.size !== size) return undefined;
    this.isGuessed = true;
    const { left, top, side } = last.square;
    if (before?.size !== size) return last.square;
    // No further than it has moved.
    const share = Math.min(1, (time - last.time) / (last.time - before.time));
    const moved = (now: number, then: number) => now + Math.round((now - then) * share);
    return { left: moved(left, before.square.left), top: moved(top, before.square.top), side };
  }

  /** Notes where a face was found, and in a picture of when. */
  found(square: Square | undefined, time: number, size: string): void {
    this.before = square && this.last;
    this.last = square && { square, time, size };
    this.isGuessed = false;
  }
}
