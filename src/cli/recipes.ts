/** The names that `--recipe` takes, the default first. */
export const recipeNames = ['happy-or-sad', 'emotion'] as const;

export type RecipeName = (typeof recipeNames)[number];

/** How many epochs a recipe trains that is not told. */
export const defaultEpochs: Record<RecipeName, number> = { 'happy-or-sad': 15, emotion: 20 };
