import type { OptionNames } from '../../errors/checkOptionNames';
import { checkWord } from '../../errors/checkWord';
import type { CacheBudget } from '../decoding/pictureCache';
import {
  type CheckedResizing,
  checkedResizing,
  RESIZING_NAMES,
  type Resizing,
} from '../formats/resizing';
import { checkSeed } from '../../errors/checkSeed';
import { show } from '../../errors/show';

const LABEL_MODES = ['binary', 'categorical', 'int'] as const;
const SUBSETS = ['training', 'validation'] as const;
const CACHE_PLACES = ['memory', 'disk'] as const;

/** How `ys` gives the class of a picture. */
export type LabelMode = (typeof LABEL_MODES)[number];

/** Options of `imageDatasetFromDirectory`. */
export interface ImageDatasetOptions extends Resizing {
  /** Pictures in a batch, the last one perhaps smaller; 32 when left out. */
  batchSize?: number;
  /**
   * What `ys` holds. `'binary'`: float32 `[n, 1]` of 0 and 1, for exactly two classes; `'categorical'`: float32
   * `[n, classes]`, one-hot; `'int'`, when left out: int32 `[n]`.
   */
  labelMode?: LabelMode;
  /** Draws a new order for each pass; true when left out. */
  shuffle?: boolean;
  /**
   * Makes the orders repeatable, a whole number, that of each epoch of a training whatever else was looked at; required to
   * split shuffled pictures. Drawn when left out.
   */
  seed?: number;
  /** Share in (0, 1) of the pictures, the last ones after one shuffle, kept for validation; goes with `subset`. */
  validationSplit?: number;
  /** Which part of the split to load; goes with `validationSplit`. */
  subset?: (typeof SUBSETS)[number];
  /** Leaves out files that cannot be decoded instead of throwing; each is decoded once to find out. */
  skipUnreadable?: boolean;
  /**
   * Bytes of decoded pictures that are kept for the next pass, four a colour value, or in memory one where a picture has the
   * size wanted already: `memory`, a quarter of the available memory when left out, less what other datasets may still take;
   * `disk`, likewise of the free disk. `{ memory: 0, disk: 0 }` keeps none.
   */
  cache?: CacheBudget;
}

/** Options that a folder and a list of files take alike. */
export const PICTURE_OPTIONS: OptionNames<
  Omit<ImageDatasetOptions, 'validationSplit' | 'subset' | 'skipUnreadable'>
> = {
  ...RESIZING_NAMES,
  batchSize: true,
  labelMode: true,
  shuffle: true,
  seed: true,
  cache: true,
};

/** The options with the defaults filled in, and the two that have none. */
export type CheckedOptions = CheckedResizing &
  Required<Omit<ImageDatasetOptions, keyof Resizing | 'validationSplit' | 'subset'>> &
  Pick<ImageDatasetOptions, 'validationSplit' | 'subset'>;

/**
 * Fills in and checks the options of `imageDatasetFromDirectory`; the defaults are those of Keras.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when an option has the wrong type, or another one that it goes with is missing
 * @throws {RangeError} when a number or a word is not among those allowed
 *
 * @example
 * checkedOptions('Cannot load pictures', { batchSize: 10 }).labelMode; // 'int'
 */
export function checkedOptions(action: string, options: ImageDatasetOptions): CheckedOptions {
  const { batchSize = 32, labelMode = 'int', shuffle = true, skipUnreadable = false } = options;
  const { cache = {} } = options;
  const { validationSplit, subset, seed } = options;

  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(
      `${action}: batchSize must be a whole number from 1, got ${show(batchSize)}`,
    );
  }
  checkWord(action, 'labelMode', labelMode, LABEL_MODES);
  if (seed !== undefined) checkSeed(action, seed);
  if (subset !== undefined) checkWord(action, 'subset', subset, SUBSETS);
  if (validationSplit !== undefined && !(validationSplit > 0 && validationSplit < 1)) {
    throw new RangeError(
      `${action}: validationSplit must lie between 0 and 1, got ${show(validationSplit)}`,
    );
  }
  if ((validationSplit === undefined) !== (subset === undefined)) {
    const [given, missing] = subset ? ['subset', 'validationSplit'] : ['validationSplit', 'subset'];
    throw new TypeError(`${action}: ${given} requires ${missing}, got none`);
  }
  if (validationSplit !== undefined && shuffle && seed === undefined) {
    throw new TypeError(
      `${action}: validationSplit of shuffled pictures requires a seed, the same for both parts, got none`,
    );
  }
  if (typeof cache !== 'object' || cache === null) {
    throw new TypeError(`${action}: cache must be { memory, disk } in bytes, got ${show(cache)}`);
  }
  for (const [where, bytes] of Object.entries(cache)) {
    checkWord(action, 'what cache limits', where, CACHE_PLACES);
    if (bytes !== undefined && !(typeof bytes === 'number' && bytes >= 0)) {
      throw new RangeError(
        `${action}: cache.${where} must be a number of bytes from 0, got ${show(bytes)}`,
      );
    }
  }
  return {
    ...checkedResizing(action, options),
    batchSize,
    labelMode,
    shuffle,
    seed: seed ?? Math.floor(Math.random() * 2 ** 32),
    validationSplit,
    subset,
    skipUnreadable,
    cache,
  };
}
