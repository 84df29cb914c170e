import { checkOptionNames, type OptionNames } from '../errors/checkOptionNames';
import { show } from '../errors/show';
import type { BatchOptions } from './Batcher';
import { LARGEST_BATCH } from './batchSizes';

/** What a server accepts, and for how long. */
export interface Limits extends BatchOptions {
  /** Bytes of a request's body, also of one that is packed. */
  bodySize: number;
  /** Pixels of a picture. */
  pixels: number;
  /** Pictures of one request. */
  pictures: number;
  /** Milliseconds in which a whole request must have come. */
  receiveTime: number;
  /** Milliseconds that are waited, when the server is to end, for what it has accepted. */
  graceTime: number;
}

export const LIMITS: Readonly<Limits> = {
  batchSize: 32,
  batchWait: 0,
  queueLength: 256,
  timeLimit: 10_000,
  bodySize: 32 * 2 ** 20,
  pixels: 50_000_000, // as large cameras give
  pictures: 64,
  receiveTime: 30_000,
  graceTime: 10_000,
};

const NAMES: OptionNames<Limits> = {
  batchSize: true,
  batchWait: true,
  queueLength: true,
  timeLimit: true,
  bodySize: true,
  pixels: true,
  pictures: true,
  receiveTime: true,
  graceTime: true,
};

/** The least that makes sense; of all others 1. */
const LEAST: Partial<Record<keyof Limits, number>> = { batchWait: 0, graceTime: 0 };

/**
 * Fills in and checks what a server accepts.
 *
 * @throws {TypeError} when a name is not known; RangeError when a value is no whole number, or out of its range
 */
export function checkedLimits(given: Partial<Limits>): Limits {
  checkOptionNames('Cannot serve', given, NAMES);
  const limits = { ...LIMITS };
  for (const [name, value] of Object.entries(given) as Array<[keyof Limits, unknown]>) {
    if (value === undefined) continue;
    const least = LEAST[name] ?? 1;
    const most = name === 'batchSize' ? LARGEST_BATCH : 2 ** 31 - 1; // what a timer takes
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      throw new RangeError(
        `Cannot serve: ${name} must be a whole number from ${least} to ${most}, got ${show(value)}`,
      );
    }
    limits[name] = value as number;
  }
  if (limits.pictures > limits.queueLength) limits.pictures = limits.queueLength;
  return limits;
}
