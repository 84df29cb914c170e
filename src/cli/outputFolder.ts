import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * The folder for a run that was given none: `models/<date>-<recipe>`, numbered where that is taken.
 *
 * @returns a path where nothing is yet
 */
export async function newFolder(recipe: string, today = new Date()): Promise<string> {
  // The local date, in the order that sorts: Swedish has it.
  const base = path.join('models', `${today.toLocaleDateString('sv-SE')}-${recipe}`);
  for (let number = 1; ; number++) {
    const folder = number === 1 ? base : `${base}-${number}`;
    if ((await entriesOf(folder)) === undefined) return folder;
  }
}

/**
 * Checks before the training that a folder can take its result.
 *
 * @param force allows a folder that holds something; what is no model stays in it
 * @throws Error when it is a file, holds something and `force` is not set, or cannot be written
 */
export async function checkedFolder(folder: string, force: boolean): Promise<string> {
  const cannot = `Cannot save the model to ${JSON.stringify(folder)}`;
  const entries = await entriesOf(folder).catch((error: Error) => {
    throw new Error(`${cannot}: ${error.message}`);
  });
  if (entries !== undefined && entries.length > 0 && !force) {
    throw new Error(
      `${cannot}: the folder exists and is not empty; --force replaces the model in it`,
    );
  }
  await fs.access(await nearestFolder(folder), fs.constants.W_OK).catch((error: Error) => {
    throw new Error(`${cannot}: ${error.message}`);
  });
  return folder;
}

async function entriesOf(folder: string): Promise<string[] | undefined> {
  try {
    return await fs.readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function nearestFolder(folder: string): Promise<string> {
  const resolved = path.resolve(folder);
  const exists = await fs.stat(resolved).catch(() => undefined);
  return exists ? resolved : nearestFolder(path.dirname(resolved));
}
