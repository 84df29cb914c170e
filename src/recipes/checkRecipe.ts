import { z } from 'zod';
import type { Recipe } from './recipe';

const fewest = z.number().int().min(2, 'Two classes or more can be told apart');
const schema = z
  .object({
    name: z.string().min(1),
    classes: z
      .object({ least: fewest, most: fewest })
      .refine(({ least, most }) => least <= most, 'least must not be above most'),
    loading: z.object({}),
    backbone: z.object({ name: z.string().min(1), layer: z.string().min(1) }).optional(),
    epochs: z.number().int().min(1),
    build: z.function(),
  })
  .passthrough();

/**
 * Checks that something is a recipe, which a person may have written in a file of its own.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when it is none, or its classes cannot be told apart
 */
export function checkRecipe(action: string, recipe: unknown): asserts recipe is Recipe {
  const { error } = schema.safeParse(recipe);
  if (!error) return;
  const [issue] = error.issues;
  const field = issue!.path.join('.');
  const problem = issue!.message.charAt(0).toLowerCase() + issue!.message.slice(1);
  throw new TypeError(
    `${action}: a recipe is required, ${field ? `its ${field}: ` : ''}${problem}`,
  );
}
