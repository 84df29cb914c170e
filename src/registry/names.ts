import path from 'node:path';
import { show } from '../errors/show';

/** No separator, no dot in front, no @: a name is a folder's, and stands before the version in `faces@3`. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Of a version's folder, as TensorFlow Serving has them. */
export const VERSION = /^[1-9]\d{0,8}$/;

/** The stages that a version can be in; at most one is in production. */
export const STAGES = ['candidate', 'production', 'archived'] as const;
/** One of {@link STAGES}. */
export type Stage = (typeof STAGES)[number];

/** What stands before and behind the @ of `faces@production`. */
export interface Reference {
  name: string;
  wanted: number | 'candidate' | 'production';
}

/** @throws {RangeError} when a model cannot be called so */
export function checkName(action: string, name: unknown): asserts name is string {
  if (typeof name === 'string' && NAME.test(name)) return;
  throw new RangeError(
    `${action}: a name of letters, digits, ".", "_" and "-" is required, as "faces", got ${show(name)}`,
  );
}

/** Whether a text is meant to name a version of a registry, and no file: `faces@3`, `faces@production`. */
export function isReference(text: string): boolean {
  const [name = '', wanted, ...others] = text.split('@');
  return NAME.test(name) && wanted !== undefined && others.length === 0;
}

/**
 * Reads `faces@3`, `faces@production` or `faces@candidate`.
 *
 * @throws {RangeError} when it is none of these
 */
export function parseReference(action: string, reference: unknown): Reference {
  const [name, wanted, ...others] = typeof reference === 'string' ? reference.split('@') : [];
  const isOne = wanted === 'production' || wanted === 'candidate';
  if (name === undefined || others.length > 0 || !(isOne || VERSION.test(wanted ?? ''))) {
    const why = wanted === 'archived' ? ': of these there may be several' : '';
    throw new RangeError(
      `${action}: a version is required, as "faces@3", "faces@production" or "faces@candidate", got ${show(reference)}${why}`,
    );
  }
  checkName(action, name);
  return { name, wanted: isOne ? wanted : Number(wanted) };
}

/** The folder of a version. */
export function versionFolder(registry: string, name: string, version: number): string {
  return path.join(registry, name, String(version));
}
