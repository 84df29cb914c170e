/**
 * Waits for what is read of a file or a folder that may be missing.
 *
 * @returns undefined where nothing is there
 * @throws {Error} what else `node:fs` throws
 *
 * @example
 * await ifThere(fs.promises.readdir('models')); // undefined before the first training
 */
export async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
