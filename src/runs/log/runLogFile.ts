import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../files/makeFolder';
import { isNew, numberedName } from '../../files/numberedName';
import { PROGRESS, RUN_LOG, toLine, type RunLogLine, type RunProgress } from './runLogLines';

const NEWLINE = 0x0a;

/**
 * The log of one run, written a line at a time. Each line is with the operating system before `add` returns, so that a
 * killed process loses nothing but the line that it was writing.
 */
export class RunLogFile {
  private constructor(readonly folder: string) {}

  /**
   * Begins the log of a new run.
   *
   * @param folder made where it is missing; where it holds a log already, `folder-2`, or the next number that is free
   * @throws {Error} what `node:fs` throws
   */
  static create(folder: string): RunLogFile {
    const numbered = numberedName(folder, (name) => {
      makeFolder(name);
      return isNew(() => fs.writeFileSync(path.join(name, RUN_LOG), '', { flag: 'wx' }));
    });
    return new RunLogFile(numbered);
  }

  /** The folder, or where it holds a log already, with the next number that is free. */
  static free(folder: string): string {
    return numberedName(folder, (name) => !RunLogFile.isIn(name));
  }

  /** Of the folders with this name that hold a log, the one with the highest number; the name itself where none does. */
  static latest(folder: string): string {
    let last = folder;
    numberedName(folder, (name) => {
      if (!RunLogFile.isIn(name)) return true;
      last = name;
      return false;
    });
    return last;
  }

  private static isIn(folder: string): boolean {
    return fs.existsSync(path.join(folder, RUN_LOG));
  }

  /**
   * Goes on with the log in a folder; begins one where there is none.
   *
   * @throws {Error} what `node:fs` throws
   */
  static continue(folder: string): RunLogFile {
    if (!RunLogFile.isIn(folder)) return RunLogFile.create(folder);
    const log = new RunLogFile(folder);
    log.endBrokenLine();
    return log;
  }

  /** @throws {Error} what `node:fs` throws */
  add(line: RunLogLine): void {
    fs.appendFileSync(path.join(this.folder, RUN_LOG), toLine(line));
  }

  /** Says how far the training is. Not flushed to the disk: the next one comes in a second. */
  setProgress(progress: RunProgress): void {
    const file = path.join(this.folder, PROGRESS);
    const unfinished = path.join(this.folder, `.${PROGRESS}.${process.pid}`);
    fs.writeFileSync(unfinished, toLine(progress));
    fs.renameSync(unfinished, file);
  }

  /** So that what a killed process left half does not spoil the next line too. */
  private endBrokenLine(): void {
    const file = fs.openSync(path.join(this.folder, RUN_LOG), 'a+');
    try {
      const { size } = fs.fstatSync(file);
      const last = Buffer.alloc(1);
      if (size > 0) fs.readSync(file, last, 0, 1, size - 1);
      if (size > 0 && last[0] !== NEWLINE) fs.writeSync(file, '\n');
    } finally {
      fs.closeSync(file);
    }
  }
}
