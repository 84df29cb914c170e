import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../files/makeFolder';
import { isRunning, processMark, processMarkSchema } from '../files/processMark';

/** Where a dashboard notes that it runs, in the folder of the runs. */
const NOTE = '.dashboard.json';

const schema = z.object({
  port: z.number().int().min(1).max(65_535),
  token: z.string().regex(/^[0-9a-f]+$/),
  process: processMarkSchema,
});

/** A dashboard of another process. */
export type RunningDashboard = Pick<z.infer<typeof schema>, 'port' | 'token'>;

/** Notes that this process serves the runs of a folder; nobody else on the computer may read the token. */
export function noteDashboard(logs: string, { port, token }: RunningDashboard): void {
  makeFolder(logs);
  const unfinished = path.join(logs, `${NOTE}.${process.pid}`);
  const text = JSON.stringify({ port, token, process: processMark() });
  fs.writeFileSync(unfinished, `${text}\n`, { mode: 0o600 });
  fs.renameSync(unfinished, path.join(logs, NOTE));
}

/** Takes the note back, if it is still this process's. */
export function forgetDashboard(logs: string): void {
  if (readNote(logs)?.process.pid !== process.pid) return;
  fs.rmSync(path.join(logs, NOTE), { force: true });
}

/** The dashboard that serves the runs of a folder; undefined where none runs. */
export function runningDashboard(logs: string): RunningDashboard | undefined {
  const note = readNote(logs);
  return note && isRunning(note.process) ? { port: note.port, token: note.token } : undefined;
}

function readNote(logs: string): z.infer<typeof schema> | undefined {
  try {
    return schema.parse(JSON.parse(fs.readFileSync(path.join(logs, NOTE), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The address that a browser opens. */
export function addressOf({ port, token }: RunningDashboard): string {
  return `http://127.0.0.1:${port}/?token=${token}`;
}
