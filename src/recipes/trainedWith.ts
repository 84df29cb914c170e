import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeTogether } from '../files/writeTogether';
import { readRecipeRun } from './keptRun';

const FILE = 'trained-with.json';

const schema = z.object({
  data: z.string(),
  /** Missing where an older Smile Lab trained. */
  logs: z.string().optional(),
  recipe: z.string().optional(),
  seed: z.number().optional(),
});

/** What is noted of a training beside its model. */
export type TrainedWith = z.infer<typeof schema>;

/** Notes beside a model what it was trained with: the folder of its pictures, that of the run's log, its recipe and its seed. */
export async function writeTrainedWith(
  folder: string,
  { data, logs, ...settings }: TrainedWith & { logs: string },
): Promise<void> {
  const content: TrainedWith = {
    data: path.resolve(data),
    logs: path.resolve(logs),
    ...settings,
  };
  await writeTogether(folder, [[FILE, `${JSON.stringify(content)}\n`]]);
}

/** The folder of pictures that the model in a folder was trained with, as the note or a kept run tells. */
export async function readTrainedWith(folder: string): Promise<string> {
  return (await trainedWith(folder)).data;
}

/**
 * What is noted beside a model of the training that made it.
 *
 * @throws {Error} when nothing is
 */
export async function trainedWith(folder: string): Promise<TrainedWith> {
  try {
    return schema.parse(JSON.parse(await fs.readFile(path.join(folder, FILE), 'utf8')));
  } catch {
    return readRecipeRun(folder);
  }
}
