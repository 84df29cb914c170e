import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isProcess } from './processMark';

let saves = 0;

/**
 * Writes files that belong together: all under other names first, until they lie on the disk; then each takes its name,
 * in the order given. A process that is killed leaves files `.NAME.PID-NUMBER` and nothing half.
 *
 * @param folder exists already
 * @throws {Error} what `node:fs` throws; what was not finished is removed
 */
export async function writeTogether(
  folder: string,
  files: Array<[name: string, content: Uint8Array | string | NodeJS.ReadableStream]>,
): Promise<void> {
  const suffix = `${process.pid}-${++saves}`;
  const unfinished = (name: string) => path.join(folder, `.${name}.${suffix}`);
  try {
    for (const [name, content] of files) {
      await write(unfinished(name), content);
    }
    for (const [name] of files) await fs.rename(unfinished(name), path.join(folder, name));
  } catch (error) {
    for (const [name] of files) await fs.rm(unfinished(name), { force: true });
    throw error;
  }
}

async function write(
  file: string,
  content: Uint8Array | string | NodeJS.ReadableStream,
): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    return fs.writeFile(file, content, { flush: true });
  }
  // Piece by piece: writeFile would first put together all that waits.
  const handle = await fs.open(file, 'w');
  return pipeline(content, handle.createWriteStream({ flush: true }));
}

/**
 * Recognizes an unfinished file by its name, and whether the process that writes it still runs.
 *
 * @param name a file's in the folder
 * @param wanted what the finished file would be called
 * @returns undefined when it is another file
 */
export function unfinishedBy(name: string, wanted: RegExp): 'running' | 'gone' | undefined {
  const [, finished, pid] = /^\.(.*)\.(\d+)-\d+$/s.exec(name) ?? [];
  if (finished === undefined || !wanted.test(finished)) return undefined;
  return isProcess(Number(pid)) ? 'running' : 'gone';
}
