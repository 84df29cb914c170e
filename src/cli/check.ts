import { link, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describeCheck } from '../display/text/describeCheck';
import { drawSuspects } from '../display/pictures/drawSuspects';
import { fileProgress } from '../display/text/fileProgress';
import { checkPictures } from '../collections/checking/checkPictures';
import { quarantineInvalid } from '../collections/checking/quarantineInvalid';
import { writeProblem } from '../files/writeProblem';
import type { ReadingOptions } from './backgroundOption';

export interface CheckCommandOptions extends ReadingOptions {
  quarantine: boolean;
  grid?: string;
  json: boolean;
}

/**
 * `smile-lab check`: reports what is wrong with a folder of pictures, and on request moves the invalid ones out of it.
 *
 * @throws {Error} when the folder cannot be read, the grid not written (nothing is moved then), or a file not moved
 */
export async function check(
  directory: string,
  { quarantine, grid, json, background, colorMode }: CheckCommandOptions,
): Promise<void> {
  const print = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);
  if (grid !== undefined && path.extname(grid).toLowerCase() !== '.svg') {
    throw new Error(
      `Cannot draw the suspect pictures: --grid requires a name that ends in .svg, got ${JSON.stringify(grid)}`,
    );
  }
  const onProgress = await fileProgress();
  const report = await checkPictures(directory, { onProgress, background, colorMode });
  print(describeCheck(report));
  if (grid !== undefined) {
    const svg = await drawSuspects(directory, report);
    if (svg !== undefined) await writeNew(grid, svg);
    print(svg === undefined ? '\nNo suspect picture to draw.' : `\nSuspect pictures: ${grid}`);
  }
  const kept = quarantine ? await moveOut() : [];
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  if (kept.length > 0) {
    const reasons = kept.map(({ file, reason }) => `\n  ${file}: ${reason}`).join('');
    throw new Error(
      `Cannot move ${kept.length} of the invalid files; they are where they were:${reasons}`,
    );
  }

  async function moveOut() {
    const { report: undo, moved, kept: left } = await quarantineInvalid(directory, report);
    if (undo === undefined) {
      if (left.length === 0) print('\nNothing to move.');
    } else {
      const file = path.relative('', undo);
      print(
        `\nMoved ${moved.length} invalid ${moved.length === 1 ? 'file' : 'files'} to ${path.dirname(file)}. ` +
          `To undo it: npx smile-lab restore ${JSON.stringify(file)}`,
      );
    }
    return left;
  }
}

/** Whole or not at all, and over nothing that is there. */
async function writeNew(file: string, content: string): Promise<void> {
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  try {
    await writeFile(unfinished, content);
    await link(unfinished, file);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const reason = isTaken ? 'it is there already' : writeProblem(error);
    throw new Error(`Cannot write the pictures to ${JSON.stringify(file)}: ${reason}`, {
      cause: error,
    });
  } finally {
    await rm(unfinished, { force: true }).catch(() => {});
  }
}
