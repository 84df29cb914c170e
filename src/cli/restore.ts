import path from 'node:path';

import { QUARANTINE_REPORT, restoreQuarantined } from '../collections/checking/quarantineInvalid';
import { isFolder } from '../files/isFolder';

/**
 * `smile-lab restore`: moves the files of a quarantine back to where they were.
 *
 * @param quarantine its folder, or the report in it
 * @throws {Error} when there is no report, or a file cannot be moved back
 */
export async function restore(quarantine: string): Promise<void> {
  const report = (await isFolder(quarantine))
    ? path.join(quarantine, QUARANTINE_REPORT)
    : quarantine;
  const { folder, restored, kept } = await restoreQuarantined(report);
  const files = restored.length === 1 ? 'file' : 'files';
  process.stdout.write(`Moved ${restored.length} ${files} back to ${folder}.\n`);
  if (kept.length > 0) {
    const reasons = kept.map(({ file, reason }) => `\n  ${file}: ${reason}`).join('');
    throw new Error(`Cannot move ${kept.length} back; in the quarantine stay:${reasons}`);
  }
}
