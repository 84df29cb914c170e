import fs from 'node:fs/promises';
import path from 'node:path';
import type { Classifier } from '../models/classifier';
import { openModel } from '../saving/loadClassifier';
import type { TfjsQuantization } from '../saving/quantizeWeights';
import { saveTfjs } from '../saving/saveTfjs';
import { tf } from '../tensorflow/tf';
import type { ConvertedFile } from './convertInPython';
import { askModel, type SamplePictures } from './samplePictures';

/**
 * Saves a model in tfjs's format in all kinds, and asks each about pictures, opened again.
 *
 * @param folder a temporary one
 * @returns what the model itself answers; and of each kind the weights, which are all of its size
 */
export async function convertToTfjs(
  asked: tf.LayersModel | Classifier,
  kinds: readonly string[],
  pictures: SamplePictures,
  folder: string,
): Promise<{ own: number[][]; files: ConvertedFile[] }> {
  const own = await askModel(asked, pictures);
  const files: ConvertedFile[] = [];
  for (const kind of kinds) {
    const quantize = kind === 'float32' ? undefined : (kind as TfjsQuantization);
    const json = await saveTfjs(asked, path.join(folder, kind), { quantize });
    const { model } = await openModel(json);
    const again = asked instanceof tf.LayersModel ? model : { ...asked, model };
    const answers = await askModel(again, pictures).finally(() => model.dispose());
    const names = await fs.readdir(path.dirname(json));
    const weights = names.find((name) => name.startsWith('weights-'))!;
    files.push({ kind, path: path.join(path.dirname(json), weights), answers });
  }
  return { own, files };
}
