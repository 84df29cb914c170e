import { rm } from 'node:fs/promises';
import { emotion } from '../../src/recipes/exercises/emotion';
import { readRecipes } from '../../src/recipes/recipes';
import { trainRecipe } from '../../src/recipes/trainRecipe';
import { folderWith } from '../support/pictures';

test.each<[string, object | undefined, string]>([
  ['with one class', { classes: { least: 1, most: 1 } }, 'its classes.least: two classes or more'],
  ['with no class', { classes: { least: 0, most: 0 } }, 'its classes.least: two classes or more'],
  ['whose range is turned round', { classes: { least: 3, most: 2 } }, 'least must not be above'],
  ['without classes', { classes: undefined }, 'its classes: required'],
  ['without a network', { build: undefined }, 'its build: required'],
  ['without a name', { name: '' }, 'its name: string must contain at least 1 character(s)'],
])('trainRecipe() refuses a recipe %s before it looks at pictures', async (_, change, reason) => {
  const training = trainRecipe({ ...emotion, ...change } as never, { data: 'missing', seed: 1 });
  await expect(training).rejects.toThrow(TypeError);
  await expect(training).rejects.toThrow(reason);
});

test('trainRecipe() refuses what is no recipe, such as its name', async () => {
  await expect(trainRecipe('emotion' as never, { data: 'missing', seed: 1 })).rejects.toThrow(
    'Cannot train: a recipe is required, expected object, received string',
  );
});

test('readRecipes() names a file that exports no recipe under its name', async () => {
  const folder = await folderWith({ 'smiles.js': 'exports.smile = {};' });
  expect(() => readRecipes(folder)).toThrow(
    `Cannot read the recipe smiles in ${JSON.stringify(folder)}: a recipe is required, required`,
  );
  await rm(folder, { recursive: true });
});
