import { stat } from 'node:fs/promises';
import path from 'node:path';

import { readBeginning } from '../../images/formats/pictureFile';
import { pictureType } from '../../images/formats/pictureType';
import { LOADED } from './inspectPicture';

/**
 * Whether a file that is in no class folder is a picture, by its name or its content.
 *
 * @param file its path
 *
 * @example
 * await isPicture('data/manifest.json'); // false
 */
export async function isPicture(file: string): Promise<boolean> {
  if (LOADED.includes(path.extname(file).slice(1).toLowerCase())) return true;
  try {
    return (await stat(file)).isFile() && pictureType(await readBeginning(file)) !== undefined;
  } catch {
    return false;
  }
}
