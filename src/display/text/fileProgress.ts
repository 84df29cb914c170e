import { progressLine } from './progressLine';

/** Characters of the bar. */
const BAR = 20;

/** What `checkPictures` calls while it looks at files. */
export type FileProgress = (done: number, files: number) => void;

/**
 * One line about how far the work on many files has come.
 *
 * @param seconds that it has taken so far
 *
 * @example
 * formatFileProgress(500, 2000, 3); // '━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 500/2000 files · 9 s left'
 */
export function formatFileProgress(done: number, files: number, seconds: number): string {
  const full = files === 0 ? BAR : Math.round((BAR * done) / files);
  const left = done === 0 ? 0 : Math.ceil((seconds * (files - done)) / done);
  const bar = '━'.repeat(full) + '╌'.repeat(BAR - full);
  return `${bar} ${done}/${files} files${left > 0 ? ` · ${left} s left` : ''}`;
}

/**
 * A progress bar for the work on many files: in a notebook under the cell, in a terminal on one line, and nothing where the
 * output is a pipe.
 *
 * @param what is done to the files, written before the bar; nothing when left out
 * @returns to be called with the files that are done and all
 *
 * @example
 * await checkPictures('my-faces', { onProgress: await fileProgress() });
 */
export async function fileProgress(what = ''): Promise<FileProgress> {
  const start = performance.now();
  const line = await progressLine();
  return (done, files) => {
    const seconds = (performance.now() - start) / 1000;
    const text = () => `${what && `${what} `}${formatFileProgress(done, files, seconds)}`;
    if (done === files) line.end(text());
    else if (line.isDue()) line.show(text());
  };
}
