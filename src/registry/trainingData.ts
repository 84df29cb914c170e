import path from 'node:path';
import { nameOf } from '../collections/namedPicture';
import { groupOf, readManifest } from '../collections/pictureManifest';
import { contentsOf, readWrittenSplit } from '../collections/splitting/splitFile';
import { isFolder } from '../files/isFolder';
import { listPictures } from '../images/formats/listPictures';
import type { TrainingRun } from './trainingRun';
import type { VersionInfo } from './versionFile';

type Part = 'train' | 'validation' | 'test';

/** One picture of a manifest: its path inside the folder, with `/`. */
export interface DataPicture {
  name: string;
  part: Part;
  /** 64 bits of its SHA-256, in hexadecimal digits. */
  content: string;
}

/** Which pictures a model learned from. */
export interface TrainingData {
  folder: string;
  seed: number | null;
  groupedBy: 'manifest' | 'duplicates' | null;
  /** When the contents were looked at: by the training itself, or only as the version was registered. */
  lookedAt: 'training' | 'registration';
  pictures: DataPicture[];
  /** Of its pictures, the groups that a manifest names. */
  groupOf: ReadonlyMap<string, string>;
}

/**
 * Which pictures a model learned from: by the split that its training has written, or else all of the folder that it notes.
 *
 * @returns undefined where it is not known, or the folder is gone
 * @throws {Error} when what is there cannot be read
 */
export async function trainingData(
  cannot: string,
  { data, split }: TrainingRun,
): Promise<TrainingData | undefined> {
  if (data === undefined) return undefined;
  const groups = await groupsOf(data);
  if (split !== undefined) {
    const { seed, groupedBy, parts } = await readWrittenSplit(cannot, split);
    const pictures = (['train', 'validation', 'test'] as const).flatMap((part) =>
      Object.entries(parts[part]).map(([name, content]) => ({ name, part, content })),
    );
    return {
      folder: shownPath(data),
      seed,
      groupedBy,
      lookedAt: 'training',
      pictures,
      groupOf: groups,
    };
  }
  if (!(await isFolder(data))) return undefined;
  const { pictures } = await listPictures(data);
  const contents = await contentsOf(pictures);
  return {
    folder: shownPath(data),
    seed: null,
    groupedBy: null,
    lookedAt: 'registration',
    pictures: pictures.map(({ path: file }) => ({
      name: nameOf(data, file),
      part: 'train',
      content: contents.get(file)!,
    })),
    groupOf: groups,
  };
}

/** What a version notes of its pictures. */
export function dataInfo(
  { folder, groupedBy, pictures }: TrainingData,
  classNames: readonly string[],
): VersionInfo['data'] {
  const of = (part: Part) => pictures.filter((picture) => picture.part === part);
  return {
    folder,
    training: classNames.map(
      (name) => of('train').filter((picture) => picture.name.startsWith(`${name}/`)).length,
    ),
    validation: of('validation').length,
    test: of('test').length,
    groupedBy,
  };
}

/** The text of the version's manifest. */
export function dataFile({ folder, seed, groupedBy, lookedAt, pictures }: TrainingData): string {
  const of = (part: Part) =>
    Object.fromEntries(
      pictures.flatMap(({ name, content, part: own }) => (own === part ? [[name, content]] : [])),
    );
  const parts = { train: of('train'), validation: of('validation'), test: of('test') };
  const content = { smileLabData: 1, folder, seed, groupedBy, lookedAt, parts };
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** A folder as a page may show it: below the present one by its path, elsewhere by its name, without whose home it lies in. */
export function shownPath(folder: string): string {
  const relative = path.relative('', folder);
  return relative.startsWith('..') || path.isAbsolute(relative) ? path.basename(folder) : relative;
}

/** The group of each picture that a manifest names; none where there is no manifest that can be read. */
export async function groupsOf(folder: string): Promise<Map<string, string>> {
  const manifest = await readManifest(folder).catch(() => undefined);
  return new Map(
    [...(manifest?.entries ?? [])].flatMap(([name, entry]) => {
      const group = groupOf(entry);
      return group === undefined ? [] : [[name, group]];
    }),
  );
}
