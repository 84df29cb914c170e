import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it, where they are missing.
 *
 * Node's own way to do this, `mkdir` with `recursive`, never ends where the system says of a folder that exists that nothing
 * is there to make one in, as Linux does of `/proc`.
 *
 * @throws {Error} what `node:fs` throws when one cannot be made: `writeProblem` puts it into words
 *
 * @example
 * makeFolder('models/faces');
 */
export function makeFolder(folder: string): void {
  try {
    makeOne(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    makeFolder(above);
    makeOne(folder);
  }
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!isThere || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
