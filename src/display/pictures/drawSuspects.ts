import path from 'node:path';

import { type CheckReport, isInvalid } from '../../collections/checking/checkReport';
import { showSvg } from '../svg/showSvg';
import { describeCaptions } from './describeCaptions';
import { pictureGrid } from './pictureGrid';
import { withPictures } from './withPictures';

/** What fits a notebook; the others are counted. */
const MOST_PICTURES = 100;
/** An even number keeps the two of a pair in one row. */
const COLUMNS = 4;
const BOX = 160; // CSS pixels; room for the longest kind, and for two lines of a file's name

/**
 * Draws the pictures that `checkPictures` found suspect, each with its kinds and name: first what is alike, side by side.
 * Invalid files have no picture that could be drawn.
 *
 * @param directory the folder that was checked
 * @param report what was found in it
 * @returns a self-contained SVG document of up to 100 pictures; undefined when nothing is suspect
 * @throws {Error} when a file has gone since
 *
 * @example
 * const svg = await drawSuspects('my-faces', await checkPictures('my-faces'));
 */
export async function drawSuspects(
  directory: string,
  report: CheckReport,
): Promise<string | undefined> {
  const suspects = suspectsOf(report).slice(0, MOST_PICTURES);
  if (suspects.length === 0) return undefined;
  const captions = suspects.map(({ file, kinds }) =>
    [...kinds, path.posix.basename(file)].join('\n'),
  );
  return withPictures(
    suspects.map(({ file }) => path.join(directory, file)),
    undefined,
    (stored) =>
      pictureGrid(
        stored.map((picture, i) => ({ ...picture, caption: captions[i]! })),
        Math.min(COLUMNS, suspects.length),
        describeCaptions(suspects.length, captions),
        BOX,
      ),
  );
}

/**
 * Shows the pictures that `checkPictures` found suspect under the running notebook cell.
 *
 * @param directory the folder that was checked
 * @param report what was found in it
 * @returns how many were shown, and how many are suspect
 * @throws what {@link drawSuspects} throws, and Error outside a notebook
 *
 * @example
 * await showSuspects('my-faces', report);
 */
export async function showSuspects(
  directory: string,
  report: CheckReport,
): Promise<{ shown: number; suspects: number }> {
  const svg = await drawSuspects(directory, report);
  if (svg !== undefined) await showSvg(svg, drawSuspects);
  const suspects = suspectsOf(report).length;
  return { shown: Math.min(suspects, MOST_PICTURES), suspects };
}

interface Suspect {
  file: string;
  kinds: string[];
}

/** Each suspect picture once, and right behind it those that it is like; what is like no other comes last. */
function suspectsOf({ problems, classes }: CheckReport): Suspect[] {
  const kinds = new Map<string, string[]>();
  const others = new Map<string, string[]>();
  const folders = new Set(classes.map(({ name }) => name));
  const invalid = new Set(problems.filter(isInvalid).map(({ file }) => file));
  for (const { file, kind, others: alike } of problems) {
    const isFolder = folders.has(file) || kind === 'linked-folder';
    if (isFolder || invalid.has(file)) continue;
    kinds.set(file, [...(kinds.get(file) ?? []), kind]);
    others.set(file, [...(others.get(file) ?? []), ...alike]);
  }
  const seen = new Set<string>();
  const groups: Suspect[][] = [];
  for (const file of kinds.keys()) {
    const alike = [file, ...(others.get(file) ?? [])].filter((one) => !seen.has(one));
    alike.forEach((one) => seen.add(one));
    groups.push(alike.map((one) => ({ file: one, kinds: kinds.get(one) ?? [] })));
  }
  const isAlone = (group: readonly Suspect[]) => Number(group.length === 1);
  return groups.sort((a, b) => isAlone(a) - isAlone(b)).flat();
}
