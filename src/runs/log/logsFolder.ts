import path from 'node:path';
import { checkPath } from '../../errors/checkPath';
import { projectFolder } from '../../files/projectFolder';

/**
 * Where trainings note what they do: `logs` of the project, also for a notebook, which runs in its own folder; elsewhere
 * `logs` of the current folder.
 *
 * @returns an absolute path; nothing is made
 * @example
 * readRunLog(path.join(logsFolder(), 'first-try'));
 */
export function logsFolder(): string {
  const here = process.cwd();
  const isInside = !path.relative(projectFolder, here).startsWith('..');
  return path.join(isInside ? projectFolder : here, 'logs');
}

/**
 * The folder of a run.
 *
 * @param run a name, such as `first-try`, which stands in {@link logsFolder}; or a path, such as `logs/first-try`
 * @throws {RangeError} when it is empty
 */
export function runFolder(run: string): string {
  checkPath("Cannot find a run's log", 'a name or a folder', run);
  if (run.trim() === '' || run === '.' || run === '..') {
    throw new RangeError(
      `Cannot find a run's log: a name or a folder is required, got ${JSON.stringify(run)}`,
    );
  }
  return /[/\\]/.test(run) ? path.resolve(run) : path.join(logsFolder(), run);
}
