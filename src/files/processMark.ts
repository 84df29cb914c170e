import fs from 'node:fs';
import os from 'node:os';
import { z } from 'zod';

/** Distinguishes a process from all others, also from a later one with the same number. */
export const processMarkSchema = z.object({
  pid: z.number().int().min(1),
  host: z.string(),
  /** When it began, as the kernel counts; null where it is not known. */
  began: z.string().nullable(),
});
type ProcessMark = z.infer<typeof processMarkSchema>;

/** The mark of this process. */
export function processMark(): ProcessMark {
  return { pid: process.pid, host: os.hostname(), began: beginOf(process.pid) ?? null };
}

/**
 * Whether a process still runs.
 *
 * @returns undefined where it ran on another computer, of which nothing is known
 */
export function isRunning({ pid, host, began }: ProcessMark): boolean | undefined {
  if (host !== os.hostname()) return undefined;
  if (!isProcess(pid)) return false;
  return began === null || (beginOf(pid) ?? began) === began;
}

/** Whether a process of this computer has the number now. */
export function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The boot, and the process's start in ticks since then: `man 5 proc_pid_stat`, field 22. */
function beginOf(pid: number): string | undefined {
  try {
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may hold spaces and brackets.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? undefined : `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}
