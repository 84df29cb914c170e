/** More than five times a second cannot be read. */
const leastPause = 200; // ms

/** Of the time that has passed since the beginning; a little under the 3 % that are promised, for what cannot be timed. */
const mostShare = 0.02;

/** The first time takes longer: the code is new to the machine. */
const headStart = 20; // ms

/** Keeps account of the time that drawing takes beside the work that it tells of. */
export interface DrawingTime {
  /** Whether it is time to draw again: 0.2 s after the last time, or later where drawing has taken more than its share. */
  isDue(): boolean;
  /** Draws, and notes how long it took. */
  spend(draw: () => void): void;
}

/**
 * Begins an account.
 *
 * @param now a clock in milliseconds
 */
export function drawingTime(now: () => number = () => performance.now()): DrawingTime {
  const begin = now();
  let [last, spent] = [-Infinity, 0];
  return {
    isDue: () => now() - last >= leastPause && spent <= headStart + mostShare * (now() - begin),
    spend(draw) {
      const start = now();
      try {
        draw();
      } finally {
        last = now();
        spent += last - start;
      }
    },
  };
}
