import { refuseNewer } from '../files/parseVersioned';
import type { Classifier } from '../models/classifier';

/** Counts up when an older version of Smile Lab would misread what is saved. The first had no number. */
const VERSION = 2;

/** What is said about a model's pictures. */
export type ClassifierMetadata = Omit<Classifier, 'model'>;

/** What is said about a model's pictures as it is saved: in `model.json` under `userDefinedMetadata.smileLab`. */
export interface SavedMetadata extends ClassifierMetadata {
  version: typeof VERSION;
}

/** @returns what is to be saved */
export function toSaved(metadata: ClassifierMetadata): SavedMetadata {
  return { version: VERSION, ...metadata };
}

/**
 * Reads what this or an older version has saved.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @returns today's form, not checked
 * @throws {Error} when a newer version has saved it
 */
export function fromSaved(action: string, saved: unknown): unknown {
  if (typeof saved !== 'object' || saved === null) return saved;
  const { version = 1, ...metadata } = saved as Record<string, unknown>;
  refuseNewer(action, version, VERSION);
  if (version !== 1) return metadata;
  const { classNames, fromLogits, imageSize, scale, interpolation, shrinkOnLoad, background } =
    metadata;
  const rescale = { scale };
  const input = { imageSize, rescale, interpolation, shrinkOnLoad, background };
  return { classNames, input, fromLogits };
}
