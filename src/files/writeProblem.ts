const PROBLEMS: Record<string, string> = {
  EACCES: 'there is no permission to write there',
  EDQUOT: 'the disk space that you may use is full',
  EEXIST: 'it is a file, not a folder',
  EFBIG: 'the file is larger than the system allows',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it, or a part of its path, is a file',
  EPERM: 'there is no permission to write there',
  EROFS: 'the disk can only be read',
  SQLITE_FULL: 'the disk is full',
};

/**
 * Says in plain words why the file system refused to write something.
 *
 * @param error what a function of `node:fs` threw
 * @returns words that follow "Cannot save …: "
 *
 * @example
 * await writeFile(file, text).catch((error) => {
 *   throw new Error(`Cannot save "${file}": ${writeProblem(error)}`);
 * });
 */
export function writeProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return PROBLEMS[code ?? ''] ?? message;
}

/**
 * Writes something.
 *
 * @param cannot what the caller is doing, to begin an error with: "Cannot …"
 * @returns what `work` returns
 * @throws {Error} when the file system refuses
 */
export async function writing<T>(cannot: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${cannot}: ${writeProblem(error)}`, { cause: error });
  }
}
