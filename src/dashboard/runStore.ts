import fs from 'node:fs/promises';
import path from 'node:path';
import { type RecordedRun, RunLogReader } from '../runs/log/runLogReader';
import { RUN_LOG } from '../runs/log/runLogLines';

/** Folders in folders: `logs/faces/first-try` is a run too. */
const DEEPEST = 3;
/** A folder with more files than this was not made by trainings. */
const MOST_RUNS = 1000;
/** What stands in a run's folder and holds no runs. */
const NOT_RUNS = new Set(['train', 'validation', 'thumbnails']);

/** A run as it was read last. */
export interface StoredRun {
  /** Its path in `logs`, such as `first-try` or `faces/first-try`. */
  id: string;
  folder: string;
  run: RecordedRun;
  /** Grows when epochs that were sent before are not true any more. */
  generation: number;
}

interface Known extends StoredRun {
  reader: RunLogReader;
  /** Distinguishes a state of the run's files from another one. */
  stamp: string;
}

/**
 * The runs of a folder, read again where their logs have changed. Links are not followed, so that nothing outside the
 * folder is read.
 */
export class RunStore {
  private readonly known = new Map<string, Known>();
  private latest: Promise<unknown> = Promise.resolve();

  constructor(readonly logs: string) {}

  get(id: string): StoredRun | undefined {
    return this.known.get(id);
  }

  all(): StoredRun[] {
    return [...this.known.values()];
  }

  /**
   * Looks for runs that are new, changed or gone.
   *
   * @param onChanged called as soon as a run has been read: a folder of many runs is shown while it is being read
   * @returns the ids of those that are gone
   */
  refresh(onChanged: (run: StoredRun) => void): Promise<string[]> {
    // One look at a time: two would read the same lines twice.
    const look = this.latest.then(() => this.look(onChanged));
    this.latest = look.catch(() => {});
    return look;
  }

  private async look(onChanged: (run: StoredRun) => void): Promise<string[]> {
    const ids = await this.list();
    for (const id of ids) {
      const run = await this.update(id);
      if (run) onChanged(run);
    }
    const there = new Set(ids);
    const gone = [...this.known.keys()].filter((id) => !there.has(id));
    for (const id of gone) this.known.delete(id);
    return gone;
  }

  /** The run that was written last comes first. */
  private async list(): Promise<string[]> {
    const found: Array<{ id: string; written: number }> = [];
    const visit = async (folder: string, depth: number): Promise<void> => {
      const entries = await fs
        .readdir(path.join(this.logs, folder), { withFileTypes: true })
        .catch(() => []);
      for (const entry of entries) {
        if (found.length >= MOST_RUNS) return;
        if (folder !== '' && entry.name === RUN_LOG && entry.isFile()) {
          const file = path.join(this.logs, folder, RUN_LOG);
          const written = await fs.lstat(file).then(
            ({ mtimeMs }) => mtimeMs,
            () => 0,
          );
          found.push({ id: folder, written });
        }
        const isFolder = entry.isDirectory() && !entry.name.startsWith('.');
        if (isFolder && depth < DEEPEST && !NOT_RUNS.has(entry.name)) {
          await visit(folder === '' ? entry.name : `${folder}/${entry.name}`, depth + 1);
        }
      }
    };
    await visit('', 0);
    return found.sort((a, b) => b.written - a.written).map(({ id }) => id);
  }

  private async update(id: string): Promise<StoredRun | undefined> {
    const folder = path.join(this.logs, ...id.split('/'));
    const before = this.known.get(id);
    const reader = before?.reader ?? new RunLogReader(folder);
    try {
      const stamp = await stampOf(folder);
      // A process that died changes no file.
      if (before && before.stamp === stamp && before.run.state !== 'running') return undefined;
      const run = await reader.read();
      if (before && before.stamp === stamp && before.run.state === run.state) return undefined;
      const stored = { id, folder, run, generation: reader.generation, reader, stamp };
      this.known.set(id, stored);
      return stored;
    } catch {
      // It was removed between two looks; the next one finds that it is gone.
      return undefined;
    }
  }
}

async function stampOf(folder: string): Promise<string> {
  const parts = await Promise.all(
    [RUN_LOG, 'progress.json'].map((name) =>
      fs.lstat(path.join(folder, name)).then(
        ({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`,
        () => '',
      ),
    ),
  );
  return parts.join();
}
