import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

import { fileProblem } from '../files/fileProblem';
import { show } from '../errors/show';

/** The name that a manifest has. */
export const MANIFEST = 'manifest.json';

/** What a manifest says of one picture; other fields, such as `style`, are of its own choosing. */
export type ManifestEntry = Record<string, unknown> & { file: string };

const schema = z.object({ file: z.string() }).passthrough();

/** A manifest, its entries by the file's path inside the folder, with `/`. */
export interface PictureManifest {
  path: string;
  entries: Map<string, ManifestEntry>;
}

/**
 * Reads what is known of a folder's pictures: `manifest.json` in it or beside it.
 *
 * A manifest is a list of objects. Each names a `file`, relative to the manifest, and the group that the picture belongs
 * to, as `group` or, for an emoji, as `codePoint`. Pictures of one group show the same thing: one drawing in many styles,
 * one person in many photographs. Another file of that name, such as a web page's, is no manifest and is passed over.
 *
 * @param directory the folder of class folders
 * @returns its entries; undefined where no manifest is there that names a picture of this folder and its group
 * @throws {Error} when `manifest.json` in the folder cannot be read, or is no JSON
 *
 * @example
 * const manifest = await readManifest('data/emotions');
 * groupOf(manifest?.entries.get('happy/noto-1f600-grinning-face.jpg')); // 'U+1F600'
 */
export async function readManifest(directory: string): Promise<PictureManifest | undefined> {
  const own = path.join(directory, MANIFEST);
  const ownEntries = entriesOf(await read(own), '');
  if (ownEntries.size > 0) return { path: own, entries: ownEntries };
  const { dir, base } = path.parse(path.resolve(directory));
  const beside = path.join(dir, MANIFEST);
  // What lies beside the folder may be anything.
  const entries = entriesOf(await read(beside).catch(() => undefined), `${base}/`);
  return entries.size > 0 ? { path: beside, entries } : undefined;
}

/**
 * The group that a manifest puts a picture in.
 *
 * @returns undefined where it names none
 *
 * @example
 * groupOf({ file: 'happy/ana-1.jpg', group: 'Ana' }); // 'Ana'
 */
export function groupOf(entry: ManifestEntry | undefined): string | undefined {
  const group = entry?.['group'] ?? entry?.['codePoint'];
  return typeof group === 'string' && group !== '' ? group : undefined;
}

function entriesOf(listed: unknown, start: string): Map<string, ManifestEntry> {
  const entries = new Map<string, ManifestEntry>();
  if (!Array.isArray(listed)) return entries;
  for (const listedEntry of listed as unknown[]) {
    const { data: entry } = schema.safeParse(listedEntry);
    if (!entry?.file.startsWith(start) || groupOf(entry) === undefined) continue;
    entries.set(entry.file.slice(start.length), entry);
  }
  return entries;
}

async function read(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw new Error(`Cannot read ${show(file)}: ${fileProblem(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(
      `Cannot read ${show(file)}: JSON is required, got ${(error as Error).message}`,
      { cause: error },
    );
  }
}
