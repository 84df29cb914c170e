import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { chunks } from '../../images/datasets/chunks';
import { fileProblem } from '../../files/fileProblem';
import { type LabelledPicture, listPictures } from '../../images/formats/listPictures';
import { makeFolder } from '../../files/makeFolder';
import { FILES_AT_ONCE, readPictureFile } from '../../images/formats/pictureFile';
import { nameOf } from '../namedPicture';
import { readManifest } from '../pictureManifest';
import type { PictureSplit } from './pictureSplit';
import { listed } from '../../errors/listed';
import { show } from '../../errors/show';
import { writing } from '../../files/writeProblem';
import { writeTogether } from '../../files/writeTogether';

const PARTS = ['train', 'validation', 'test'] as const;

const contents = z.record(z.string());

/** A split as it is written: paths inside the folder, with `/`, so that the folder may be moved. */
const schema = z.object({
  smileLabSplit: z.literal(1),
  seed: z.number(),
  groupedBy: z.enum(['manifest', 'duplicates']),
  classNames: z.array(z.string()),
  /** The content of the manifest that named the groups; null where duplicates make them. */
  manifest: z.string().nullable(),
  parts: z.object({ train: contents, validation: contents, test: contents }),
  leftOut: z.record(z.object({ content: z.string(), reason: z.string() })),
});

/** A split as its file has it. */
export type WrittenSplit = z.infer<typeof schema>;

/**
 * Writes a split, so that later runs have the same one: whole or not at all.
 *
 * @param file where to; its folders are made
 * @param directory the folder that was split
 * @param seed what the parts depend on
 * @param split the parts
 * @throws {Error} when the file cannot be written, or a picture not be read
 *
 * @example
 * await writeSplit('models/split.json', 'data/emotions', 1, split);
 */
export async function writeSplit(
  file: string,
  directory: string,
  seed: number,
  split: PictureSplit,
): Promise<void> {
  const contents = await contentsOf([...PARTS.flatMap((part) => split[part]), ...split.leftOut]);
  const named = (picture: { path: string }): [string, string] => [
    nameOf(directory, picture.path),
    contents.get(picture.path)!,
  ];
  const written: WrittenSplit = {
    smileLabSplit: 1,
    seed,
    groupedBy: split.groupedBy,
    classNames: split.classNames,
    manifest: await manifestContent(directory),
    parts: {
      train: Object.fromEntries(split.train.map(named)),
      validation: Object.fromEntries(split.validation.map(named)),
      test: Object.fromEntries(split.test.map(named)),
    },
    leftOut: Object.fromEntries(
      split.leftOut.map((picture) => {
        const [name, content] = named(picture);
        return [name, { content, reason: picture.reason }];
      }),
    ),
  };
  await writing(`Cannot write the split to ${show(file)}`, () => {
    makeFolder(path.dirname(file));
    const text = `${JSON.stringify(written, null, 1)}\n`;
    return writeTogether(path.dirname(file), [[path.basename(file), text]]);
  });
}

/**
 * Reads a split that was written, and checks that the folder still is the one that was split: the same pictures, by name
 * and by content, and the same groups.
 *
 * @param file what `writeSplit` wrote
 * @param directory the folder
 * @param seed what the parts are to depend on
 * @throws {Error} when the file cannot be read or is no split, or does not fit the folder or the seed
 *
 * @example
 * const { test } = await readSplit('models/split.json', 'data/emotions', 1);
 */
export async function readSplit(
  file: string,
  directory: string,
  seed: number,
): Promise<PictureSplit> {
  const action = `Cannot use the split ${show(file)}`;
  const written = await readWrittenSplit(action, file);
  if (written.seed !== seed) {
    throw new Error(
      `${action}: it was made with seed ${written.seed}, and ${seed} is asked for; use that seed, or another file`,
    );
  }
  const { classNames, pictures } = await listPictures(directory);
  const known = new Map([
    ...PARTS.flatMap((part) => Object.entries(written.parts[part])),
    ...Object.entries(written.leftOut).map(([name, { content }]) => [name, content] as const),
  ]);
  const contents = await contentsOf(pictures);
  const byName = new Map(pictures.map((picture) => [nameOf(directory, picture.path), picture]));
  const isChanged = (name: string) =>
    known.has(name) && known.get(name) !== contents.get(byName.get(name)!.path);
  const [now, then] = [[...byName.keys()], [...known.keys()]];
  const differences = [
    difference('new', now, (name) => !known.has(name)),
    difference('missing', then, (name) => !byName.has(name)),
    difference('changed', now, isChanged),
    written.manifest === (await manifestContent(directory)) ? '' : 'its manifest is another one',
    classNames.join('/') === written.classNames.join('/')
      ? ''
      : `its classes are ${listed(classNames)}, and were ${listed(written.classNames)}`,
  ].filter((difference) => difference !== '');
  if (differences.length > 0) {
    throw new Error(
      `${action}: ${show(directory)} has changed since: ${differences.join('; ')}. Restore the folder, or split anew into another file`,
    );
  }
  const part = (name: (typeof PARTS)[number]): LabelledPicture[] =>
    [...byName].flatMap(([picture, labelled]) =>
      picture in written.parts[name] ? [labelled] : [],
    );
  return {
    classNames,
    groupedBy: written.groupedBy,
    train: part('train'),
    validation: part('validation'),
    test: part('test'),
    leftOut: Object.entries(written.leftOut).map(([name, { reason }]) => ({
      path: byName.get(name)!.path,
      reason,
    })),
  };
}

/**
 * Reads a split as it was written, whatever has become of the folder.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {Error} when the file cannot be read, or is no split
 */
export async function readWrittenSplit(action: string, file: string): Promise<WrittenSplit> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new Error(`${action}: ${fileProblem(error)}`, { cause: error });
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`${action}: it is no JSON: ${(error as Error).message}`, { cause: error });
  }
  const { data } = schema.safeParse(content);
  if (!data) throw new Error(`${action}: it is no split that Smile Lab wrote`);
  return data;
}

function difference(what: string, all: string[], isSo: (name: string) => boolean): string {
  const names = all.filter(isSo);
  if (names.length === 0) return '';
  const first = show(names[0]);
  return names.length === 1
    ? `${first} is ${what}`
    : `${names.length} files are ${what}, the first is ${first}`;
}

async function manifestContent(directory: string): Promise<string | null> {
  const manifest = await readManifest(directory);
  return manifest ? contentOf(await readFile(manifest.path)) : null;
}

/** What each file holds, in short, by its path; empty for one that cannot be read. */
export async function contentsOf(files: readonly { path: string }[]): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const chunk of chunks(files, FILES_AT_ONCE)) {
    const found = await Promise.all(
      chunk.map((file) => readPictureFile(file.path).catch(() => undefined)),
    );
    for (const [i, bytes] of found.entries()) {
      contents.set(chunk[i]!.path, bytes === undefined ? '' : contentOf(bytes));
    }
  }
  return contents;
}

/** 64 bits of SHA-256: enough to see a change, and short enough to be read. */
export function contentOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
