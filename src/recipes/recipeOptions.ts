import type { FileProgress } from '../display/text/fileProgress';
import type { Background } from '../images/formats/background';
import type { ColorMode } from '../images/formats/colorMode';
import { withoutUndefined } from '../models/withoutUndefined';
import type { tf } from '../tensorflow/tf';
import type { Recipe } from './recipe';
import { runFiles } from './keptRun';

/** Options of `trainRecipe`. */
export interface RecipeOptions {
  data: string;
  /** A whole number from 0. */
  seed: number;
  epochs?: number;
  folder?: string;
  resume?: boolean;
  overwrite?: boolean;
  logs?: string;
  background?: Background;
  colorMode?: ColorMode;
  callbacks?: Array<tf.Callback | tf.CustomCallbackArgs>;
  print?: (line: string) => void;
  progress?: (what: string) => Promise<FileProgress>;
  signal?: AbortSignal;
}

/** The options of a run, with what is left out filled in. */
export type Run = ReturnType<typeof withRecipeDefaults>;

/** The options of a run, those that are left out as the recipe has them. */
export function withRecipeDefaults(recipe: Recipe, options: RecipeOptions) {
  const { background, colorMode = recipe.loading.colorMode ?? 'rgb' } = options;
  return {
    epochs: recipe.epochs,
    resume: false,
    overwrite: false,
    callbacks: [],
    print: () => {},
    progress: async () => () => {},
    ...withoutUndefined(options),
    /** How the pictures are loaded. */
    loading: { ...recipe.loading, colorMode, background },
    /** What a kept run has in its folder. */
    files: options.folder === undefined ? undefined : runFiles(options.folder),
  };
}
