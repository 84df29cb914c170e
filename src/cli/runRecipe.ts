import fs from 'node:fs/promises';
import path from 'node:path';
import type { Recipe } from '../recipes/recipe';
import type { RecipeRun } from '../recipes/recipeRun';
import { hasRun, readRecipeRun } from '../recipes/keptRun';
import type { RecipeOptions } from '../recipes/recipeOptions';
import { trainRecipe } from '../recipes/trainRecipe';
import { runFolder } from '../runs/log/logsFolder';
import { makeNewFolder } from './outputFolder';
import type { TrainOptions } from './trainOptions';

/** What a training is handed besides its options. */
export type Surroundings = Required<
  Pick<RecipeOptions, 'callbacks' | 'print' | 'progress' | 'signal'>
>;

/** What a training from the command line leaves. */
export interface NamedRun extends RecipeRun {
  /** The name of its recipe. */
  recipe: string;
  /** The folder of its pictures. */
  data: string;
  seed: number;
  /** Where the run lies already; undefined where nothing is written before the end. */
  folder?: string;
}

/**
 * Trains the recipe that the options name, or resumes the run in a folder.
 *
 * @param recipes all that there are
 */
export async function runRecipe(
  options: TrainOptions,
  surroundings: Surroundings,
  recipes: readonly Recipe[],
): Promise<NamedRun> {
  if (options.resume !== undefined) return resumed(options.resume, options, surroundings, recipes);
  const { data, seed, background, colorMode, out, force } = options;
  const recipe = recipes.find(({ name }) => name === options.recipe)!;
  const { epochs = recipe.epochs } = options;
  const settings = { data, seed, background, colorMode, epochs };
  if (!recipe.isKept) {
    // The model and the log of a run have one name.
    const logs = out === undefined ? {} : { logs: runFolder(path.basename(path.resolve(out))) };
    const run = await trainRecipe(recipe, { ...settings, ...logs, ...surroundings });
    return { ...run, recipe: recipe.name, data: settings.data, seed };
  }
  const folder = out ?? (await makeNewFolder(recipe.name));
  try {
    return await keptRun(recipe, { ...settings, folder, overwrite: force }, surroundings);
  } catch (error) {
    // Where nothing was begun the folder is empty still; one that holds something stays.
    if (out === undefined) await fs.rmdir(folder).catch(() => {});
    throw error;
  }
}

async function resumed(
  folder: string,
  options: TrainOptions,
  surroundings: Surroundings,
  recipes: readonly Recipe[],
): Promise<NamedRun> {
  const { recipe: name, data, seed, background, colorMode, ...noted } = await readRecipeRun(folder);
  const recipe = recipes.find((each) => each.name === name);
  if (!recipe) {
    const known = recipes.map((each) => JSON.stringify(each.name)).join(', ');
    throw new Error(
      `Cannot resume the run in ${JSON.stringify(folder)}: its recipe must be one of ${known}, got ${JSON.stringify(name)}`,
    );
  }
  const epochs = options.epochs ?? noted.epochs;
  const settings = { data, seed, background, colorMode, epochs, folder, resume: true };
  return keptRun(recipe, settings, surroundings);
}

async function keptRun(
  recipe: Recipe,
  settings: RecipeOptions & { folder: string },
  surroundings: Surroundings,
): Promise<NamedRun> {
  const { folder } = settings;
  try {
    const run = await trainRecipe(recipe, { ...settings, ...surroundings });
    return { ...run, recipe: recipe.name, data: settings.data, seed: settings.seed, folder };
  } catch (error) {
    if (!surroundings.signal.aborted || !(await hasRun(folder))) throw error;
    throw new Error(`${(error as Error).message}; --resume ${folder} continues it`, {
      cause: error,
    });
  }
}
