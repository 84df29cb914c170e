import { stat } from 'node:fs/promises';

/** Whether a folder is there, or a link to one; what cannot be looked at is none. */
export async function isFolder(location: string): Promise<boolean> {
  return stat(location).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
