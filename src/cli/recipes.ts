/** The names that `--recipe` takes, the default first. */
export const recipeNames = ['happy-or-sad'] as const;

export type RecipeName = (typeof recipeNames)[number];
