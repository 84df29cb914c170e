import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeTogether } from '../files/writeTogether';
import { readRecipeRun } from './keptRun';

const FILE = 'trained-with.json';

const schema = z.object({ data: z.string() });

/** Notes beside a model the folder of pictures that it was trained with. */
export async function writeTrainedWith(folder: string, data: string): Promise<void> {
  const content: z.infer<typeof schema> = { data: path.resolve(data) };
  await writeTogether(folder, [[FILE, `${JSON.stringify(content)}\n`]]);
}

/** The folder of pictures that the model in a folder was trained with, as the note or a kept run tells. */
export async function readTrainedWith(folder: string): Promise<string> {
  try {
    return schema.parse(JSON.parse(await fs.readFile(path.join(folder, FILE), 'utf8'))).data;
  } catch {
    return (await readRecipeRun(folder)).data;
  }
}
