const PROBLEMS: Record<string, string> = {
  EACCES: 'there is no permission to read it',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is not a folder',
};

/**
 * Says in plain words why the file system refused something.
 *
 * @param error what a function of `node:fs` threw
 * @returns words that follow "Cannot read …: "
 *
 * @example
 * await readdir(folder).catch((error) => {
 *   throw new Error(`Cannot read "${folder}": ${fileProblem(error)}`);
 * });
 */
export function fileProblem(error: unknown): string {
  const { code, message, path } = error as NodeJS.ErrnoException;
  // What Node cannot read of a name it shows as this, and then it does not find the file.
  if (code === 'ENOENT' && path?.includes('\ufffd')) {
    return 'its name is not in UTF-8, and so it cannot be opened: give it another name';
  }
  return PROBLEMS[code ?? ''] ?? message;
}
