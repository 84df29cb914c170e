import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fileProblem } from '../files/fileProblem';
import { ifThere } from '../files/ifThere';
import { makeFolder } from '../files/makeFolder';
import { isNew } from '../files/numberedName';
import { parseVersioned } from '../files/parseVersioned';
import { unfinishedBy } from '../files/writeTogether';
import type { Stage } from './names';

/** Of a model, beside its versions. */
const FOLDER = 'stages';
const CHANGE = /^(\d{6,})\.json$/;

const version = z.number().int().min(1);
const schema = z.object({
  smileLabStages: z.literal(1),
  time: z.string().datetime(),
  /** What was done, and with which version. */
  action: z.enum(['register', 'promote', 'rollback', 'archive']),
  version,
  production: version.nullable(),
  /** Those that were in production before it, the latest last: where a rollback leads. */
  before: z.array(version),
  archived: z.array(version),
  /** The hash of each version as it was registered. */
  hashes: z.record(z.string().regex(/^[0-9a-f]{64}$/)),
});

/** Which version of a model is in which stage, and what made it so. */
export type Stages = Omit<z.infer<typeof schema>, 'smileLabStages'>;
/** One change of a model's stages, counted from 1. */
export interface NumberedStages extends Stages {
  change: number;
}

let saves = 0;

/** The number of the latest change; 0 where there is none. One look into a folder, for whoever looks often. */
export async function latestChange(model: string): Promise<number> {
  const names = (await ifThere(fs.promises.readdir(path.join(model, FOLDER)))) ?? [];
  return Math.max(0, ...names.map(numberOf));
}

/**
 * Reads a change of a model's stages.
 *
 * @param change its number; the latest when left out
 * @returns undefined where there is none
 * @throws {Error} when it cannot be read
 */
export async function readStages(
  model: string,
  change?: number,
): Promise<NumberedStages | undefined> {
  const number = change ?? (await latestChange(model));
  if (number === 0) return undefined;
  const file = fileOf(model, number);
  const cannot = `Cannot read the stages of ${JSON.stringify(path.basename(model))}`;
  const text = await fs.promises.readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${cannot}, ${JSON.stringify(file)}: ${fileProblem(error)}`, { cause: error });
  });
  const content = parseVersioned(cannot, text, 'smileLabStages', schema);
  if (!content) throw new Error(`${cannot}: ${JSON.stringify(file)} is damaged`);
  return { change: number, ...content };
}

/**
 * Changes the stages of a model. Each state is a file of its own, written whole before it gets its number; of two processes
 * that change something at the same moment, the second one decides anew, from what the first one has left.
 *
 * @param decide gives the new state for the present one; may throw
 * @throws {Error} what `decide` and `node:fs` throw
 */
export async function changeStages(
  model: string,
  decide: (now: NumberedStages | undefined) => Omit<Stages, 'time'>,
): Promise<NumberedStages> {
  const folder = path.join(model, FOLDER);
  makeFolder(folder);
  for (;;) {
    const now = await readStages(model);
    const next: Stages = { time: new Date().toISOString(), ...decide(now) };
    const number = (now?.change ?? 0) + 1;
    const file = fileOf(model, number);
    const unfinished = path.join(folder, `.${path.basename(file)}.${process.pid}-${++saves}`);
    const content: z.infer<typeof schema> = { smileLabStages: 1, ...next };
    try {
      fs.writeFileSync(unfinished, `${JSON.stringify(content, null, 1)}\n`, { flush: true });
      // A link, unlike a rename, replaces nothing.
      if (isNew(() => fs.linkSync(unfinished, file))) return { change: number, ...next };
    } finally {
      fs.rmSync(unfinished, { force: true });
      removeLeftovers(folder);
    }
  }
}

/** The stage of a version. */
export function stageOf(stages: Stages | undefined, version: number): Stage {
  if (stages?.production === version) return 'production';
  return stages?.archived.includes(version) ? 'archived' : 'candidate';
}

function fileOf(model: string, change: number): string {
  return path.join(model, FOLDER, `${String(change).padStart(6, '0')}.json`);
}

function numberOf(name: string): number {
  return Number(CHANGE.exec(name)?.[1] ?? 0);
}

/** What processes that were killed have left. */
function removeLeftovers(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (unfinishedBy(name, CHANGE) === 'gone') fs.rmSync(path.join(folder, name), { force: true });
  }
}
