import { runFolder } from './logsFolder';
import { type RecordedRun, RunLogReader } from './runLogReader';

/**
 * Reads the log that `logRun` wrote, or is writing.
 *
 * @param run a name in the project's `logs`, or a folder
 * @returns all that is whole; what is damaged is reported in `problems`, one sentence each. `history` is of the form that tfjs's
 * `fit` gives, and so what draws a history takes it
 * @throws {Error} when there is no log, or it cannot be read
 * @example
 * const { state, history } = await readRunLog('first-try');
 * showHistory(history);
 */
export async function readRunLog(run: string): Promise<RecordedRun> {
  return new RunLogReader(runFolder(run)).read();
}
