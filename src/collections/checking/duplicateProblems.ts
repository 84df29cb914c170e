import type { PictureProblem } from './checkReport';
import { DisjointSets } from '../disjointSets';
import { type Compared, likePictures, type Likes } from './likePictures';
import { show } from '../../errors/show';

/** Enough to look at; and a thousand equal files would name each other a million times. */
const MOST_OTHERS = 20;

/** A picture that the loader reads. */
export interface ComparedFile extends Compared {
  /** Path inside the folder. */
  name: string;
  className: string;
}

/**
 * Says which pictures are not the only ones of their kind.
 *
 * @param files all pictures of a folder
 * @returns by name, where there are some: `two-classes` for a picture that is the same as one in another class;
 *   `exact-duplicate` for the same bytes in its class; `near-duplicate` for what equal bytes and copies connect with it
 *   in its class, directly or through others; `look-alike` for other pictures that look the same at first sight. `others` holds at most 20, and of a larger set always the first, so that the
 *   sets can be put together again
 *
 * @example
 * duplicateProblems([
 *   { name: 'happy/1.png', className: 'happy', digest: 'x' },
 *   { name: 'sad/2.png', className: 'sad', digest: 'x' },
 * ]).get('sad/2.png'); // [{ …, kind: 'two-classes', detail: 'it has the same bytes as "happy/1.png"', … }]
 */
export function duplicateProblems(files: readonly ComparedFile[]): Map<string, PictureProblem[]> {
  const likes = likePictures(files);
  const sameBytes = grouped(files, ({ className, digest }) => `${className}/${digest}`);
  const sets = connectedInClass(files, likes);
  const found = new Map<string, PictureProblem[]>();
  for (const [i, file] of files.entries()) {
    const problems: PictureProblem[] = [];
    const add = (kind: PictureProblem['kind'], others: ComparedFile[]) => {
      const names = others.map(({ name }) => name);
      problems.push({ file: file.name, kind, detail: howAlike(file, others[0]!), others: names });
    };
    const isElsewhere = (other: ComparedFile) => other.className !== file.className;
    const isHere = (other: ComparedFile) => !isElsewhere(other) && other.digest !== file.digest;

    const elsewhere = first(MOST_OTHERS, sameAs(files, likes[i]!), isElsewhere);
    if (elsewhere.length > 0) add('two-classes', elsewhere);
    const exact = sameBytes.get(file)!;
    if (exact.length > 1)
      add(
        'exact-duplicate',
        first(MOST_OTHERS, exact, (it) => it !== file),
      );
    const set = sets.get(file)!;
    if (set.length > exact.length) {
      // The nearest first: that is the one to compare it with.
      const nearest = first(1, sameAs(files, likes[i]!), isHere);
      const more = first(MOST_OTHERS - 1, set, (it) => isHere(it) && it !== nearest[0]);
      add('near-duplicate', [...nearest, ...more]);
    }
    const alike = first(MOST_OTHERS, lookingLike(files, likes[i]!), () => true);
    if (alike.length > 0) {
      const where = isElsewhere(alike[0]!) ? ' in another class' : '';
      const detail = `it looks like ${show(alike[0]!.name)}${where}: another picture, or a copy that was changed much; both are kept`;
      const others = alike.map(({ name }) => name);
      problems.push({ file: file.name, kind: 'look-alike', detail, others });
    }
    if (problems.length > 0) found.set(file.name, problems);
  }
  return found;
}

/** The pictures that are directly the same as those of a `Likes`, the nearest first; it goes over the picture itself, too. */
function* sameAs(files: readonly ComparedFile[], like: Likes): Generator<ComparedFile> {
  for (const { members } of [like, ...like.near]) {
    for (const member of members) yield files[member]!;
  }
}

/** Those that only look like it, of other classes first: there it matters most. */
function lookingLike(files: readonly ComparedFile[], like: Likes): ComparedFile[] {
  const own = files[like.members[0]!]!.className;
  const alike = like.alike.flatMap(({ members }) => members.map((member) => files[member]!));
  const isOther = ({ className }: ComparedFile) => Number(className !== own);
  return alike.sort((a, b) => isOther(b) - isOther(a));
}

function howAlike(file: ComparedFile, other: ComparedFile): string {
  if (file.digest === other.digest) return `it has the same bytes as ${show(other.name)}`;
  return `it is nearly ${show(other.name)}: laid on each other, without their colours, they differ no more than a picture and its copy`;
}

/** For each picture those of its class that likenesses connect with it, itself among them, in the order of the list. */
function connectedInClass(
  files: readonly ComparedFile[],
  likes: readonly Likes[],
): Map<ComparedFile, ComparedFile[]> {
  const sets = new DisjointSets<ComparedFile>();
  for (const like of new Set(likes)) {
    const firsts = new Map<string, ComparedFile>();
    for (const near of [like, ...like.near]) {
      for (const [className, file] of firstOfClasses(files, near)) {
        const known = firsts.get(className);
        if (known) sets.join(known, file);
        else if (near === like) firsts.set(className, file);
      }
    }
    for (const member of like.members) {
      const file = files[member]!;
      sets.join(firsts.get(file.className)!, file);
    }
  }
  return grouped(files, (file) => sets.find(file));
}

function firstOfClasses(files: readonly ComparedFile[], { members }: Likes) {
  const firsts = new Map<string, ComparedFile>();
  for (const member of members) {
    const file = files[member]!;
    if (!firsts.has(file.className)) firsts.set(file.className, file);
  }
  return firsts;
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<T, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return new Map(items.map((item) => [item, groups.get(keyOf(item))!]));
}

function first<T>(count: number, items: Iterable<T>, isWanted: (item: T) => boolean): T[] {
  const some: T[] = [];
  for (const item of items) {
    if (some.length === count) break;
    if (isWanted(item)) some.push(item);
  }
  return some;
}
