import fs from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../files/ifThere';
import { makeFolder } from '../files/makeFolder';
import { writing } from '../files/writeProblem';
import { writeTogether } from '../files/writeTogether';
import type { Classifier } from '../models/classifier';
import { cameraFiles } from './cameraFiles';

/** What may be chosen of a page that is made of files alone. */
export interface ExportOptions {
  /** A network of `listBackbones` for «Teach me»; null for a page without. */
  backbone: string | null;
  /** Replaces a page that the folder holds; what is no page stays in it. */
  force: boolean;
}

/** Of a page, names that change with what is in the file. */
const CHANGING = /^(?:weights-[0-9a-f]{16}\.bin|[\w-]+-[0-9A-Z]{8}\.js)$/;

/**
 * Writes the camera page as files that any web server can serve.
 *
 * @param classifier stays the caller's
 * @param folder made where it is missing
 * @returns how large the page is, and the classifier in it, in bytes, and whether it finds faces
 * @throws {Error} when the folder holds something and `force` is not set, or holds something else than a page, or cannot be written
 */
export async function exportWeb(
  classifier: Classifier,
  folder: string,
  { backbone, force }: ExportOptions,
): Promise<{ bytes: number; modelBytes: number; hasFaces: boolean }> {
  const cannot = `Cannot write the page to ${JSON.stringify(folder)}`;
  const before = await checkTarget(cannot, folder, force);
  const { files, hasFaces } = await cameraFiles(classifier, { backbone, server: null });
  await writing(cannot, async () => {
    makeFolder(folder);
    await writeTogether(folder, [...files]);
    const old = before.filter((name) => CHANGING.test(name) && !files.has(name));
    await Promise.all(old.map((name) => fs.rm(path.join(folder, name))));
  });
  const { weightsManifest } = JSON.parse(String(files.get('model.json'))) as {
    weightsManifest: Array<{ paths: string[] }>;
  };
  const sizeOf = (name: string) => files.get(name)!.length;
  const modelBytes = ['model.json', ...weightsManifest.flatMap(({ paths }) => paths)]
    .map(sizeOf)
    .reduce((sum, size) => sum + size, 0);
  const all = [...files.keys()].map(sizeOf).reduce((sum, size) => sum + size, 0);
  return { bytes: all - modelBytes, modelBytes, hasFaces };
}

/** Before anything is computed. @returns what the folder holds */
async function checkTarget(cannot: string, folder: string, force: boolean): Promise<string[]> {
  const names = (await writing(cannot, () => ifThere(fs.readdir(folder)))) ?? [];
  if (names.length === 0) return names;
  const isPage = ['camera.json', 'service-worker.js'].every((name) => names.includes(name));
  if (!isPage) {
    throw new Error(`${cannot}: a new or empty folder is required, and other files are in it`);
  }
  if (!force) throw new Error(`${cannot}: it holds a page already; --force replaces that`);
  return names;
}
