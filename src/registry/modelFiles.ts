import fs from 'node:fs/promises';
import path from 'node:path';
import { isFolder } from '../files/isFolder';
import { writeTogether } from '../files/writeTogether';
import type { Classifier } from '../models/classifier';
import { modelJsonSchema } from '../saving/modelJsonProblem';
import { saveClassifier } from '../saving/saveClassifier';

/**
 * Puts a model's files into a version's folder: byte for byte as they are where it is one in tfjs's format that names its
 * classes, else saved anew.
 *
 * @param location what the classifier was loaded from
 * @param isForeign whether something had to be given that the file does not say
 */
export async function putModel(
  classifier: Classifier,
  location: string,
  isForeign: boolean,
  folder: string,
): Promise<void> {
  const own = isForeign ? undefined : await ownFiles(location);
  if (!own) return void (await saveClassifier(classifier, folder));
  const files = await Promise.all(
    own.names.map(async (name): Promise<[string, Buffer]> => [
      name,
      await fs.readFile(path.join(own.folder, name)),
    ]),
  );
  await writeTogether(folder, files);
}

/** What a model in tfjs's format consists of; undefined of another one. */
async function ownFiles(
  location: string,
): Promise<{ folder: string; names: string[] } | undefined> {
  const isInFolder = await isFolder(location);
  if (!isInFolder && path.basename(location) !== 'model.json') return undefined;
  const folder = isInFolder ? location : path.dirname(location);
  const text = await fs.readFile(path.join(folder, 'model.json'), 'utf8');
  const { weightsManifest } = modelJsonSchema.parse(JSON.parse(text));
  const names = ['model.json', ...(weightsManifest ?? []).flatMap(({ paths }) => paths)];
  return names.every((name) => path.basename(name) === name) ? { folder, names } : undefined;
}
