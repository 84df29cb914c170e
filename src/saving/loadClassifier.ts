import fs from 'node:fs/promises';
import path from 'node:path';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';
import { classifierMetadata } from './classifierMetadata';

/**
 * Loads what `saveClassifier` saved.
 *
 * @param location a folder that holds a `model.json`, or a `model.json` itself
 * @returns the classifier, ready to predict; the caller disposes its model. It is not compiled.
 * @throws Error when there is no model, it is damaged, or it was saved without class names
 * @example
 * const classifier = await loadClassifier('models/faces');
 */
export async function loadClassifier(location: string): Promise<Classifier> {
  const cannot = `Cannot load a model from ${JSON.stringify(location)}`;
  const file = await modelFile(location);
  if (file === undefined) {
    throw new Error(`${cannot}: a folder with a model.json, or a model.json, is required`);
  }
  const metadata = classifierMetadata.safeParse(
    parsed(await fs.readFile(file, 'utf8'), cannot)?.userDefinedMetadata?.smileLab,
  );
  if (!metadata.success) {
    throw new Error(
      `${cannot}: its model.json must name classNames, imageSize and scale (as saveClassifier writes them), and it does not`,
    );
  }
  try {
    const model = await tf.loadLayersModel(tf.io.fileSystem(file));
    return { model, ...metadata.data };
  } catch (error) {
    throw new Error(`${cannot}: it is damaged (${(error as Error).message})`, { cause: error });
  }
}

async function modelFile(location: string): Promise<string | undefined> {
  for (const candidate of [path.join(location, 'model.json'), location]) {
    const found = await fs.stat(candidate).catch(() => undefined);
    if (found?.isFile()) return path.resolve(candidate);
  }
  return undefined;
}

function parsed(json: string, cannot: string) {
  try {
    return JSON.parse(json) as { userDefinedMetadata?: { smileLab?: unknown } } | null;
  } catch (error) {
    throw new Error(`${cannot}: its model.json is damaged (${(error as Error).message})`);
  }
}
