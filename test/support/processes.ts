import fs from 'node:fs';

/** So long that only what never comes is given up: a busy machine may need a minute for what takes seconds elsewhere. */
const PATIENCE = 240_000; // ms

/**
 * Waits until something is so.
 *
 * @param seen what stands in the error beside it
 * @throws {Error} after four minutes
 */
export async function until(isSo: () => boolean, seen: () => unknown = () => ''): Promise<void> {
  for (const start = Date.now(); !isSo();) {
    if (Date.now() - start > PATIENCE) {
      throw new Error(`After four minutes still not: ${isSo} ${JSON.stringify(seen())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether a process runs; one that has ended and waits to be collected does not. */
export function isThere(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The processes that were started with a word in their environment, by whomever, with their command lines. */
export function processesWith(word: string): Array<{ pid: number; command: string }> {
  return fs.readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || !isThere(pid)) return [];
    try {
      if (!fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(word)) return [];
      const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid, command }];
    } catch {
      return []; // it has ended, or is somebody else's
    }
  });
}
