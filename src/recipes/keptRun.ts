import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Background, checkedBackground } from '../images/formats/background';
import { COLOR_MODES } from '../images/formats/colorMode';
import { fileProblem } from '../files/fileProblem';
import { parseVersioned } from '../files/parseVersioned';
import { makeFolder } from '../files/makeFolder';
import { writing } from '../files/writeProblem';
import { writeTogether } from '../files/writeTogether';
import { CHECKPOINT } from '../training/checkpoints/checkpointFile';

const RUN = 'run.json';

const schema = z.object({
  smileLabRun: z.literal(1),
  recipe: z.string(),
  data: z.string(),
  epochs: z.number().int().min(1),
  seed: z.number().int().min(0),
  /** Missing where the run began before there were logs. */
  logs: z.string().optional(),
  background: z
    .custom<Background>((given) => checkedBackground('', given as Background))
    .optional(),
  colorMode: z.enum(COLOR_MODES).optional(),
  /** What distinguishes the backbone from all others, where the recipe has one. */
  backbone: z.string().optional(),
});

/** The settings of a run, so that it can be resumed. */
export type RecipeRunSettings = Omit<z.infer<typeof schema>, 'smileLabRun'>;

/** Where a run keeps what it needs to be resumed. */
export function runFiles(folder: string): { split: string; checkpoint: string } {
  return { split: path.join(folder, 'split.json'), checkpoint: path.join(folder, 'checkpoint') };
}

/**
 * Notes the settings of a run in its folder.
 *
 * @throws {Error} when the folder cannot be written
 */
export async function writeRecipeRun(folder: string, settings: RecipeRunSettings): Promise<void> {
  const { data, logs } = settings;
  const content: z.infer<typeof schema> = {
    smileLabRun: 1,
    ...settings,
    data: path.resolve(data),
    logs: logs && path.resolve(logs),
  };
  await writing(`Cannot begin a run in ${JSON.stringify(folder)}`, () => {
    makeFolder(folder);
    return writeTogether(folder, [[RUN, `${JSON.stringify(content, null, 1)}\n`]]);
  });
}

/**
 * Reads what {@link writeRecipeRun} noted.
 *
 * @throws {Error} when the folder holds no run
 */
export async function readRecipeRun(folder: string): Promise<RecipeRunSettings> {
  const cannot = `Cannot resume the run in ${JSON.stringify(folder)}`;
  const text = await fs.readFile(path.join(folder, RUN), 'utf8').catch((error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing
      ? `it holds no ${RUN}, so no training began there that was kept`
      : fileProblem(error);
    throw new Error(`${cannot}: ${reason}`, { cause: error });
  });
  const content = parseVersioned(cannot, text, 'smileLabRun', schema);
  if (!content) throw new Error(`${cannot}: its ${RUN} is damaged, or not of Smile Lab`);
  const { recipe, data, epochs, seed, logs, background, colorMode, backbone } = content;
  return { recipe, data, epochs, seed, logs, background, colorMode, backbone };
}

/** Where a run is logged; undefined where none began, or nothing was noted. */
export async function logsOfRun(folder: string): Promise<string | undefined> {
  return readRecipeRun(folder).then(
    ({ logs }) => logs,
    () => undefined,
  );
}

/** Whether a run began in the folder before. */
export async function hasRun(folder: string): Promise<boolean> {
  return fs.stat(path.join(folder, RUN)).then(
    () => true,
    () => false,
  );
}

/** @throws {Error} when a run began in the folder before */
export async function checkNoRun(folder: string): Promise<void> {
  if (await hasRun(folder)) {
    throw new Error(
      `Cannot begin a run in ${JSON.stringify(folder)}: another one is there; resume continues it, and overwrite replaces it`,
    );
  }
}

/** So that a run that begins is never resumed from the checkpoint of the one before. */
export async function forgetCheckpoint(folder: string): Promise<void> {
  await fs.rm(path.join(folder, CHECKPOINT), { force: true });
}
