import fs from 'node:fs/promises';
import path from 'node:path';
import { checkOutside } from '../files/checkOutside';
import { dayName } from '../files/dayName';
import { ifThere } from '../files/ifThere';
import { makeFolder } from '../files/makeFolder';
import { makeNumberedFolder } from '../files/numberedName';
import { writing } from '../files/writeProblem';
import { hasRun } from '../recipes/keptRun';

/** Where runs are saved that were given no folder. */
export const RUNS_FOLDER = 'models';

/**
 * Makes the folder for a run that was given none: `models/<date>-<recipe>`, numbered where that is taken.
 *
 * @returns a new, empty folder, that no other run gets, even at the same moment
 * @throws {Error} when none can be made
 */
export async function makeNewFolder(recipe: string, today = new Date()): Promise<string> {
  const base = path.join(RUNS_FOLDER, `${dayName(today)}-${recipe}`);
  return writing(cannotSave(base), () => {
    makeFolder(RUNS_FOLDER);
    return makeNumberedFolder(base);
  });
}

/**
 * Checks before the training that a folder can take its result.
 *
 * @param force allows a folder that holds something; what is no model stays in it
 * @param data the folder of the pictures, where it is known
 * @throws {Error} when it is a file, lies in the pictures, holds something and `force` is not set, or cannot be written
 */
export async function checkFolder(folder: string, force: boolean, data?: string): Promise<void> {
  const cannot = cannotSave(folder);
  if (data !== undefined) await checkOutside(cannot, folder, data);
  const entries = await writing(cannot, () => ifThere(fs.readdir(folder)));
  if (entries !== undefined && entries.length > 0 && !force) {
    const goesOn = (await hasRun(folder)) ? `, and --resume ${folder} continues its training` : '';
    const isModel = entries.includes('model.json') || goesOn !== '';
    const does = isModel ? 'replaces the model in it' : 'saves the model beside what is in it';
    throw new Error(`${cannot}: the folder exists and is not empty; --force ${does}${goesOn}`);
  }
  // Nothing but trying shows it for everybody: root has every permission, and still a disk may be read-only.
  await writing(cannot, async () => {
    await fs.rmdir(await fs.mkdtemp(path.join(await nearestEntry(folder), '.smile-lab-')));
  });
}

function cannotSave(folder: string): string {
  return `Cannot save the model to ${JSON.stringify(folder)}`;
}

/** The folder itself, or what is there of its path. */
async function nearestEntry(folder: string): Promise<string> {
  const resolved = path.resolve(folder);
  const exists = await fs.lstat(resolved).catch(() => undefined);
  return exists ? resolved : nearestEntry(path.dirname(resolved));
}
