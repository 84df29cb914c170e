import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { show } from '../../errors/show';
import { fileProblem } from '../../files/fileProblem';
import { projectFolder } from '../../files/projectFolder';
import { openKeras } from '../../saving/loadKeras';
import type { tf } from '../../tensorflow/tf';
import { efficientNetLite0 } from './efficientNetLite0';
import type { KnownBackbone } from './knownBackbones';
import { readTorchFile } from './torchFile';

/** Where the set-up puts them (`scripts/setup/paths.js`). */
export const WEIGHTS = path.join(projectFolder, '.venv', 'share', 'smile-lab', 'weights');

/**
 * Opens a network that the set-up has brought, after a look whether its file is the one that was brought.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param folder of the weights; the project's when left out
 * @returns the whole network; the caller disposes it
 * @throws {Error} when the file is missing, cut off or another one
 */
export async function openWeights(
  action: string,
  { file, sha256 }: KnownBackbone,
  folder = WEIGHTS,
): Promise<tf.LayersModel> {
  const location = path.join(folder, file);
  const cure = `Delete ${show(folder)}, and the next command, such as npm run doctor, brings it again`;
  const bytes = await fs.readFile(location).catch((error: unknown) => {
    throw new Error(`${action}: its weights ${show(location)}: ${fileProblem(error)}. ${cure}`, {
      cause: error,
    });
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new Error(
      `${action}: its weights ${show(location)} are not those that the set-up brought; they were cut off or changed. ${cure}`,
    );
  }
  if (file.endsWith('.pth')) return efficientNetLite0(readTorchFile(bytes));
  return (await openKeras(location, { compile: false })).model;
}
