import type { ProblemKind } from './checkReport';

/** Stops at the first thing that keeps a file from being used. */
export class Unusable extends Error {
  constructor(
    readonly kind: ProblemKind,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** What ends before the picture does. */
export function cutOff(cause?: unknown): Unusable {
  return new Unusable('cut-off', 'it ends before the picture does', { cause });
}
