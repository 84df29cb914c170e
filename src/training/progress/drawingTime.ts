/** More than five times a second cannot be read. */
const LEAST_PAUSE = 200; // ms

/** Of the time that has passed since the beginning. A chart and a text, each with its account, stay below 3 %. */
const MOST_SHARE = 0.01;

/** The first time takes longer: the code is new to the machine. */
const HEAD_START = 15; // ms

/** Keeps account of the time that drawing takes beside the work that it shows. */
export interface DrawingTime {
  /** Whether it is time to draw again: 0.2 s after the last time, or later where drawing has taken more than its share. */
  isDue(): boolean;
  /** Draws, and notes how long it took. */
  spend(draw: () => void): void;
}

/**
 * Begins an account.
 *
 * @param clocks.now milliseconds
 * @param clocks.used milliseconds that this process has computed: on a busy machine a drawing that has to wait costs
 * nothing
 */
export function drawingTime({
  now = () => performance.now(),
  used = computed,
}: { now?: () => number; used?: () => number } = {}): DrawingTime {
  const begin = now();
  let [last, spent] = [-Infinity, 0];
  return {
    isDue: () => now() - last >= LEAST_PAUSE && spent <= HEAD_START + MOST_SHARE * (now() - begin),
    spend(draw) {
      const before = used();
      try {
        draw();
      } finally {
        last = now();
        spent += used() - before;
      }
    },
  };
}

function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
