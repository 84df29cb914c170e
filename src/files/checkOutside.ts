import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Refuses to write into the folder of the pictures: what lies there is taken for a class, or for a picture.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param folder where something is to be written; it need not be there yet
 * @param data the folder of the pictures
 * @throws {Error} when it is that folder or lies in it, also by a link
 *
 * @example
 * await checkOutside('Cannot save the model', 'models/faces', 'my-faces');
 */
export async function checkOutside(action: string, folder: string, data: string): Promise<void> {
  if (data === '') return; // There is no such folder, as whoever reads it says.
  const [target, pictures] = await Promise.all([realPath(folder), realPath(data)]);
  const [first] = path.relative(pictures, target).split(path.sep);
  if (first === '..') return;
  throw new Error(
    `${action}: a folder outside of the pictures in ${JSON.stringify(data)} is required, where it would be taken for a class; got ${JSON.stringify(folder)}`,
  );
}

/** Without links, as far as it is there. */
async function realPath(file: string): Promise<string> {
  const whole = path.resolve(file);
  const parent = path.dirname(whole);
  return fs
    .realpath(whole)
    .catch(async () =>
      parent === whole ? whole : path.join(await realPath(parent), path.basename(whole)),
    );
}
