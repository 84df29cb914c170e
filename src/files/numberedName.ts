import fs from 'node:fs';

/**
 * The first of `name`, `name-2`, `name-3` … that suits.
 *
 * @param suits asked for one after the other; it may make what is to have the name
 * @example
 * numberedName('faces', (name) => name !== 'faces'); // 'faces-2'
 */
export function numberedName(base: string, suits: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (suits(name)) return name;
  }
}

/**
 * Makes a new folder under the first numbered name that is free: no other process gets the same, even at the same moment.
 *
 * @param folder the one above it exists
 * @returns its path
 * @throws {Error} what `node:fs` throws
 */
export function makeNumberedFolder(folder: string): string {
  return numberedName(folder, (name) => isNew(() => fs.mkdirSync(name)));
}

/**
 * Whether something could be made.
 *
 * @param make throws EEXIST where the name is taken
 * @throws {Error} what else it throws
 */
export function isNew(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
