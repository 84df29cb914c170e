/** What can be wrong with a file so that no training can use it: the loader passes it over, or stops at it. */
const INVALID_KINDS = [
  'empty',
  'unreadable',
  'not-a-picture',
  'unsupported',
  'unknown-extension',
  'outside-classes',
  'cut-off',
  'too-large',
] as const;

/**
 * What is wrong with a file or, the last five, with a folder: all but the invalid kinds a training can use, and a person
 * should look at before.
 */
export type ProblemKind =
  | (typeof INVALID_KINDS)[number]
  | 'two-classes'
  | 'exact-duplicate'
  | 'near-duplicate'
  | 'look-alike'
  | 'wrong-extension'
  | 'damaged'
  | 'too-small'
  | 'animated'
  | 'cmyk'
  | 'bmp-colours'
  | 'transparent'
  | '16-bit'
  | 'exif-rotation'
  | 'linked-folder'
  | 'no-contrast'
  | 'empty-class'
  | 'class-imbalance'
  | 'like-named';

/** A problem of one file; a file may have several. */
export interface PictureProblem {
  /** Path inside the folder, with `/` on every system. */
  file: string;
  kind: ProblemKind;
  /** What exactly, in words that begin with "it" or "its". */
  detail: string;
  /** The other files that it is a matter of, at most 20 of them. */
  others: string[];
}

/** What `checkPictures` found in a folder. */
export interface CheckReport {
  /** Files looked at: all in class folders, and pictures beside them; hidden ones are passed over. */
  files: number;
  /** Those of them that the loader reads. */
  valid: number;
  problems: PictureProblem[];
  /** Valid pictures of each class, in the order of the labels: "1", "10", "2", as Keras sorts names. */
  classes: { name: string; count: number }[];
}

/**
 * Whether a problem keeps a file from being used at all.
 *
 * @example
 * report.problems.filter(isInvalid).map(({ file }) => file);
 */
export function isInvalid({ kind }: PictureProblem): boolean {
  return (INVALID_KINDS as readonly string[]).includes(kind);
}
