import {
  constants,
  copyFile,
  lstat,
  readFile,
  rename,
  rm,
  rmdir,
  unlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

import { type CheckReport, isInvalid } from './checkReport';
import { fileProblem } from '../../files/fileProblem';
import { makeFolder } from '../../files/makeFolder';
import { makeNumberedFolder } from '../../files/numberedName';
import { show } from '../../errors/show';
import { writeProblem, writing } from '../../files/writeProblem';

/** The file in a quarantine folder that says what was moved, and undoes it. */
export const QUARANTINE_REPORT = 'quarantine.json';

/** A file that was moved; both paths with `/`. */
export interface MovedFile {
  /** Path inside the folder that was checked, and inside the quarantine. */
  file: string;
  kind: string;
  detail: string;
}

/** What was done with a folder's invalid files. */
export interface Quarantine {
  /** The report's path; undefined where nothing was moved, and no folder is left. */
  report: string | undefined;
  moved: MovedFile[];
  /** What could not be moved, and why; it is where it was. */
  kept: { file: string; reason: string }[];
}

const schema = z.object({
  version: z.literal(1),
  /** The folder that was checked, relative to the report, so that both can be moved together. */
  folder: z.string(),
  files: z.array(z.object({ file: z.string() }).passthrough()),
});

type QuarantineNotes = z.infer<typeof schema>;

/**
 * Moves the invalid files of a folder out of it, into a new folder beside it: `my-faces-quarantine`, or
 * `my-faces-quarantine-2` where that is taken. Nothing is deleted, and nothing overwritten.
 *
 * The report, `quarantine.json` in the new folder, is written before the first file is moved: whatever happens in
 * between, {@link restoreQuarantined} puts back what was moved until then.
 *
 * @param directory the folder that was checked
 * @param report what `checkPictures` found in it
 * @returns what was moved and what was not
 * @throws {TypeError} when the report is missing; Error when no folder can be made beside the data, or the report cannot be written; then nothing was moved
 *
 * @example
 * const { report } = await quarantineInvalid('my-faces', await checkPictures('my-faces'));
 * if (report) await restoreQuarantined(report); // as before
 */
export async function quarantineInvalid(
  directory: string,
  report: CheckReport,
): Promise<Quarantine> {
  if (!Array.isArray((report as Partial<CheckReport> | undefined)?.problems)) {
    throw new TypeError(
      `Cannot move invalid files out of ${show(directory)}: the report of checkPictures(${show(directory)}) is required, got ${show(report)}`,
    );
  }
  const invalid = new Map(
    report.problems
      .filter(isInvalid)
      .map(({ file, kind, detail }) => [file, { file, kind, detail }]),
  );
  const files = [...invalid.values()];
  if (files.length === 0) return { report: undefined, moved: [], kept: [] };

  const action = `Cannot move invalid files out of ${show(directory)}`;
  const folder = await writing(action, () =>
    makeNumberedFolder(`${path.resolve(directory)}-quarantine`),
  );
  const written = path.join(folder, QUARANTINE_REPORT);
  const content = { version: 1, folder: path.relative(folder, directory), files };
  const text = `${JSON.stringify(content, null, 1)}\n`;
  try {
    await writing(action, () => writeFile(written, text, { flag: 'wx', flush: true }));
  } catch (error) {
    await unlink(written).catch(() => {});
    await rmdir(folder).catch(() => {});
    throw error;
  }

  const quarantine: Quarantine = { report: written, moved: [], kept: [] };
  for (const moved of files) {
    try {
      await move(path.join(directory, moved.file), path.join(folder, moved.file));
      quarantine.moved.push(moved);
    } catch (error) {
      quarantine.kept.push({ file: moved.file, reason: moveProblem(error) });
    }
  }
  if (quarantine.moved.length > 0) return quarantine;
  await removeEmptied(folder, files, written);
  return { ...quarantine, report: undefined };
}

/** What became of the files of a quarantine. */
export interface Restored {
  /** The folder that they are in again. */
  folder: string;
  restored: string[];
  /** What stays in the quarantine, and why. */
  kept: { file: string; reason: string }[];
}

/**
 * Moves the files of a quarantine back to where they were. A file whose place is taken by now stays in the quarantine; the
 * quarantine's folder goes when it is empty.
 *
 * @param report the path of a `quarantine.json`
 * @returns what was moved back and what was not
 * @throws {Error} when the report cannot be read, or is none
 *
 * @example
 * const { kept } = await restoreQuarantined('my-faces-quarantine/quarantine.json');
 */
export async function restoreQuarantined(report: string): Promise<Restored> {
  const { folder, files } = await readReport(report);
  const quarantine = path.dirname(report);
  const restored: Restored = { folder: path.join(quarantine, folder), restored: [], kept: [] };
  for (const { file } of files) {
    const from = path.join(quarantine, file);
    const to = path.join(restored.folder, file);
    // Never moved, or put back before: nothing to do.
    if (!(await exists(from)) && (await exists(to))) continue;
    try {
      await move(from, to);
      restored.restored.push(file);
    } catch (error) {
      restored.kept.push({ file, reason: moveProblem(error) });
    }
  }
  if (restored.kept.length === 0) await removeEmptied(quarantine, files, report);
  return restored;
}

/** Whatever else somebody has put there stays, and the folder with it. */
async function removeEmptied(quarantine: string, files: QuarantineNotes['files'], report: string) {
  await unlink(report);
  const folders = new Set<string>([quarantine]);
  for (const { file } of files) {
    for (let at = path.dirname(file); at !== '.'; at = path.dirname(at)) {
      folders.add(path.join(quarantine, at));
    }
  }
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
  for (const folder of deepestFirst) await rmdir(folder).catch(() => {});
}

async function readReport(report: string): Promise<QuarantineNotes> {
  const action = `Cannot restore the files of ${show(report)}`;
  const text = await readFile(report, 'utf8').catch((error) => {
    throw new Error(`${action}: ${fileProblem(error)}`, { cause: error });
  });
  const required = `${action}: a ${QUARANTINE_REPORT} of a quarantine is required`;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error(`${required}, got ${(error as Error).message}`, { cause: error });
  }
  const { data: written } = schema.safeParse(content);
  if (!written) throw new Error(`${required}, got ${show(Object.keys(content ?? {}))}`);
  const foreign = written.files.find(
    ({ file }) => path.isAbsolute(file) || file.split('/').includes('..'),
  );
  if (foreign) throw new Error(`${required}, got the path ${show(foreign.file)}`);
  return written;
}

async function move(from: string, to: string): Promise<void> {
  makeFolder(path.dirname(to));
  // rename() would overwrite.
  if (await exists(to)) throw new Error('another file is there by now');
  try {
    await rename(from, to);
  } catch (error) {
    // A class folder may be a link to another disk.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    try {
      await copyFile(from, to, constants.COPYFILE_EXCL);
    } catch (problem) {
      await rm(to, { force: true });
      throw problem;
    }
    await unlink(from);
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function moveProblem(error: unknown): string {
  const { code, path: file } = error as NodeJS.ErrnoException;
  if (code !== 'ENOENT') return writeProblem(error);
  return file?.includes('\ufffd') ? fileProblem(error) : 'it is no longer there';
}
