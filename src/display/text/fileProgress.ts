import { terminalLine } from './terminalLine';

/** Characters of the bar. */
const BAR = 20;

/** The browser gets a new text at most every 200 ms: more cannot be read, and each costs time. */
const REDRAW_EVERY = 200;

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
 * @returns to be called with the files that are done and all
 *
 * @example
 * await checkPictures('my-faces', { onProgress: await fileProgress() });
 */
export async function fileProgress(): Promise<FileProgress> {
  const start = performance.now();
  const line = (done: number, files: number) =>
    formatFileProgress(done, files, (performance.now() - start) / 1000);
  if (process.env['SMILE_LAB_KERNEL'] === undefined) {
    const drawn = terminalLine();
    return (done, files) => {
      if (done === files) drawn.show(line(done, files), '\n');
      else if (drawn.isDue()) drawn.show(line(done, files), '');
    };
  }
  // Only now: tslab brings a compiler along, 0.2 s that a terminal need not wait for.
  const { newDisplay } = await import('tslab');
  const display = newDisplay();
  let last = -Infinity;
  return (done, files) => {
    if (done < files && performance.now() - last < REDRAW_EVERY) return;
    display.text(line(done, files));
    last = performance.now();
  };
}
