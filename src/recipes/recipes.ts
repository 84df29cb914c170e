import { readdirSync } from 'node:fs';
import path from 'node:path';
import { checkRecipe } from './checkRecipe';
import type { Recipe } from './recipe';

/** What `--recipe` means when it is left out. */
export const DEFAULT_RECIPE = 'happy-or-sad';

/**
 * The recipes of a folder: what each file there exports under its own name.
 *
 * @param folder `exercises` beside this file when left out; a new recipe is a new file there
 * @returns the default first, the others by the names of their files
 * @throws {TypeError} when a file exports no recipe under its name
 */
export function readRecipes(folder = path.join(__dirname, 'exercises')): Recipe[] {
  const names = readdirSync(folder).flatMap((file) => /^(\w+)\.[jt]s$/.exec(file)?.[1] ?? []);
  const found = names.sort().map((name) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- whoever lists them cannot wait
    const exported = require(path.join(folder, name)) as Record<string, unknown>;
    const recipe = exported[name];
    checkRecipe(`Cannot read the recipe ${name} in ${JSON.stringify(folder)}`, recipe);
    return recipe;
  });
  const isDefault = ({ name }: Recipe) => Number(name === DEFAULT_RECIPE);
  return found.sort((a, b) => isDefault(b) - isDefault(a));
}
