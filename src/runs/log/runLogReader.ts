import fs from 'node:fs/promises';
import path from 'node:path';
import { fileProblem } from '../../files/fileProblem';
import { isRunning } from '../../files/processMark';
import { type Line, LineSplitter, LONGEST_LINE } from './lineSplitter';
import {
  PROGRESS,
  progressContent,
  RUN_LOG,
  runLogLine,
  type RunBegin,
  type RunEnd,
  type RunEpoch,
  type RunEvaluation,
  type RunLogLine,
  type RunProgress,
} from './runLogLines';

/** What the log of a run says. */
export interface RecordedRun {
  /** Its folder's name. */
  name: string;
  folder: string;
  /**
   * `running`, `finished` (all epochs that were planned), `reached` (its goal, with `stopAtAccuracy`), `stopped` (by a person
   * or a callback; `end.reason` says which), `failed` (with an error), or `broken off`: its process is gone without a word, or was on another computer.
   */
  state: 'running' | 'finished' | 'reached' | 'stopped' | 'failed' | 'broken off';
  /** Undefined where the line is missing or damaged. */
  begin: RunBegin | undefined;
  /** In their order, none twice. */
  epochs: RunEpoch[];
  /** One value an epoch, from the first one on, by tfjs's names: `loss`, `acc`, `val_loss`, `val_acc`. NaN where there is none. */
  history: Record<string, number[]>;
  end: RunEnd | undefined;
  /** How far the present epoch is, of a run that is running. */
  progress: RunProgress | undefined;
  evaluations: RunEvaluation[];
  /** One sentence for each thing that cannot be read; at most 20. */
  problems: string[];
}

const BLOCK = 1 << 20;
const MOST_PROBLEMS = 20;

/**
 * Reads the log of a run, again and again: each time only what has been added.
 *
 * A log that was cut off, in the middle of a line too, gives all that is whole in it; a damaged line is passed over and
 * reported in `problems`.
 */
export class RunLogReader {
  private offset = 0;
  private file = '';
  private lines = new LineSplitter();
  private damaged = 0;
  private begin: RunBegin | undefined;
  private end: RunEnd | undefined;
  private epochs: RunEpoch[] = [];
  private evaluations: RunEvaluation[] = [];
  private problems: string[] = [];

  /** Grows whenever what was read before is not true any more, since epochs were taken back or the file is another one. */
  generation = 0;

  constructor(readonly folder: string) {}

  /**
   * Reads what is new.
   *
   * @throws {Error} when the log is not there or cannot be read
   */
  async read(): Promise<RecordedRun> {
    try {
      await this.readNew();
    } catch (error) {
      throw new Error(
        `Cannot read the log of the run in ${JSON.stringify(this.folder)}: ${RUN_LOG} is required, ${fileProblem(error)}`,
        { cause: error },
      );
    }
    const progress = this.end ? undefined : await readProgress(this.folder);
    const { begin, end, epochs, evaluations } = this;
    const state = this.state();
    // Of a run that is going on it is being written.
    const isHalf = this.lines.isInLine && state !== 'running';
    const unfinished = isHalf ? ['its last line is not whole'] : [];
    return {
      name: path.basename(this.folder),
      folder: this.folder,
      state,
      begin,
      epochs: [...epochs],
      history: historyOf(epochs),
      end,
      progress,
      evaluations: [...evaluations],
      problems: [...this.problems, ...(begin ? [] : ['its first line is missing']), ...unfinished],
    };
  }

  private state(): RecordedRun['state'] {
    if (this.end) return this.end.how;
    return this.begin && isRunning(this.begin.process) ? 'running' : 'broken off';
  }

  private async readNew(): Promise<void> {
    const file = await openRegular(path.join(this.folder, RUN_LOG));
    try {
      const { size, ino, dev } = await file.stat();
      const identity = `${dev} ${ino}`;
      if (this.file !== '' && (identity !== this.file || size < this.offset)) this.forget();
      this.file = identity;
      while (this.offset < size) {
        const block = Buffer.alloc(Math.min(BLOCK, size - this.offset));
        const { bytesRead } = await file.read(block, 0, block.length, this.offset);
        if (bytesRead === 0) return;
        this.offset += bytesRead;
        for (const line of this.lines.add(block.subarray(0, bytesRead))) this.takeLine(line);
      }
    } finally {
      await file.close();
    }
  }

  private forget(): void {
    [this.offset, this.damaged, this.lines] = [0, 0, new LineSplitter()];
    [this.begin, this.end] = [undefined, undefined];
    [this.epochs, this.evaluations, this.problems] = [[], [], []];
    this.generation++;
  }

  private takeLine({ number, bytes }: Line): void {
    if (bytes === undefined) return this.addProblem(number, `is longer than ${LONGEST_LINE} bytes`);
    // Where a killed process left half a line, the next one begins after an empty one or within it.
    if (bytes.length === 0) return;
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      return this.addProblem(number, 'is no JSON: it was not written to its end, or changed');
    }
    const line = runLogLine.safeParse(value);
    if (line.success) return this.add(line.data);
    const [issue] = line.error.issues;
    const field = issue?.path.join('.') || 'its content';
    this.addProblem(number, `is not what Smile Lab writes (${field}: ${issue?.message})`);
  }

  private add(line: RunLogLine): void {
    switch (line.kind) {
      case 'begin':
        this.takeBack(line.epochsBefore);
        [this.begin, this.end] = [line, undefined];
        return;
      case 'epoch':
        // A training that goes on makes those epochs again that its checkpoint did not hold.
        this.takeBack(line.epoch - 1);
        this.epochs.push(line);
        return;
      case 'end':
        this.end = line;
        return;
      case 'evaluation':
        this.evaluations.push(line);
    }
  }

  private takeBack(finished: number): void {
    const kept = this.epochs.filter(({ epoch }) => epoch <= finished);
    if (kept.length === this.epochs.length) return;
    this.epochs = kept;
    this.generation++;
  }

  private addProblem(line: number, what: string): void {
    this.damaged++;
    if (this.damaged < MOST_PROBLEMS) this.problems.push(`line ${line} ${what}`);
    if (this.damaged === MOST_PROBLEMS) this.problems.push('more lines are damaged');
  }
}

/** A named pipe would let the reader wait for ever. */
async function openRegular(file: string): Promise<fs.FileHandle> {
  const found = await fs.lstat(file);
  if (!found.isFile()) throw new Error('and it is no regular file');
  return fs.open(file);
}

async function readProgress(folder: string): Promise<RunProgress | undefined> {
  try {
    const file = path.join(folder, PROGRESS);
    const { size } = await fs.lstat(file);
    if (size > BLOCK) return undefined;
    return progressContent.parse(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function historyOf(epochs: readonly RunEpoch[]): Record<string, number[]> {
  const last = epochs.at(-1)?.epoch ?? 0;
  // A damaged log may call a metric `constructor`.
  const history = new Map<string, number[]>();
  for (const { epoch, metrics } of epochs) {
    for (const [name, value] of Object.entries(metrics)) {
      const values = history.get(name) ?? Array<number>(last).fill(NaN);
      values[epoch - 1] = value;
      history.set(name, values);
    }
  }
  return Object.fromEntries(history);
}
