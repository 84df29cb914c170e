import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fileProblem } from '../files/fileProblem';
import { parseVersioned } from '../files/parseVersioned';

/** What a version is, in its folder. */
export const VERSION_FILE = 'version.json';
/** Which pictures it learned from. */
export const DATA_FILE = 'data.json';
/** The training that made it, epoch by epoch. */
export const RUN_FILE = 'run.json';
/** What its pictures look like to it: what is served is compared with that. */
export const REFERENCE_FILE = 'reference.json';
/** The page for people. */
export const CARD_FILE = 'card.html';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

/** How a version did on pictures. */
export const testSchema = z.object({
  /** `test part`: held out of its training by group; `folder`: measured as it was registered; `training`: what it learned from. */
  kind: z.enum(['test part', 'folder', 'training']),
  /** The folder; of a test part that of all pictures. */
  data: z.string().nullable(),
  /** By what the pictures of a test part were kept apart from those it learned from; null of others. */
  groupedBy: z.enum(['manifest', 'duplicates']).nullable(),
  /** How many groups, as people or drawings, the pictures show; null where no manifest names them. */
  groups: count.nullable(),
  /** How many of these were in the training too, in other pictures; null where it is not known. */
  seenGroups: count.nullable(),
  count,
  right: count,
  accuracy: share,
  /** With 95 % confidence, on all pictures of this kind, as `wilsonInterval` has it. */
  interval: z.tuple([share, share]),
  /** A row for each true class, in it a column for each class that it was taken for. */
  confusionMatrix: z.array(z.array(count)),
});
export type VersionTest = z.infer<typeof testSchema>;

const infoSchema = z.object({
  name: z.string(),
  version: z.number().int().min(1),
  registered: z.string().datetime(),
  classNames: z.array(z.string()),
  imageSize: z.tuple([count, count]),
  parameters: count,
  layers: count,
  /** Undefined where nothing is known of its training. */
  run: z
    .object({
      name: z.string(),
      recipe: z.string().optional(),
      seed: count.optional(),
      epochs: count,
      began: z.string().datetime().optional(),
      seconds: z.number().optional(),
      device: z.string().optional(),
      versions: z.record(z.string()),
    })
    .optional(),
  /** Undefined where it is not known which pictures it learned from. */
  data: z
    .object({
      folder: z.string(),
      /** How many pictures of each class, in the order of `classNames`, it learned from. */
      training: z.array(count),
      validation: count,
      test: count,
      groupedBy: z.enum(['manifest', 'duplicates']).nullable(),
    })
    .optional(),
  tests: z.array(testSchema),
});

const schema = z.object({ smileLabVersion: z.literal(1), version: infoSchema });

/** What a version is. */
export type VersionInfo = z.infer<typeof infoSchema>;

/** The text of {@link VERSION_FILE}. */
export function writtenVersion(info: VersionInfo): string {
  const content: z.infer<typeof schema> = { smileLabVersion: 1, version: info };
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** @throws {Error} when it cannot be read */
export async function readVersion(cannot: string, folder: string): Promise<VersionInfo> {
  const text = await fs
    .readFile(path.join(folder, VERSION_FILE), 'utf8')
    .catch((error: unknown) => {
      throw new Error(`${cannot}: its ${VERSION_FILE}: ${fileProblem(error)}`, { cause: error });
    });
  const content = parseVersioned(cannot, text, 'smileLabVersion', schema);
  if (!content) throw new Error(`${cannot}: its ${VERSION_FILE} is damaged`);
  return content.version;
}
