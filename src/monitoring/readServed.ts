import fs from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { ANSWERS } from './answersDatabase';
import { type Alert, alertsOf } from './alerts';
import { type Drift, driftOf, type SeenAnswer } from './drift';
import { readReference } from './reference';

/** Where the answers of the project's servers are, beside the logs of its trainings. */
export function servedFolder(logs: string): string {
  return path.join(logs, 'served');
}

/** More answers than these are not read: of a longer time the latest. */
const MOST_ANSWERS = 20_000;
/** So many points are drawn over a time. */
const POINTS = 60;

/** What a version has answered in a time. */
export interface ServedVersion {
  model: string;
  version: string;
  count: number;
  /** Of each class how many answers, the first as the model has them. */
  classes: Array<[name: string, count: number]>;
  /** Mean of the probabilities of the classes that were answered. */
  probability: number;
  /** Milliseconds: half of the requests took less, and 95 of 100. */
  median: number;
  slow: number;
  /** Of how many answers a person has said what is true, and how many of these were right. */
  judged: number;
  right: number;
  /** How the pictures differ from those of its training; undefined where these are not known. */
  drift: Drift[] | undefined;
}

/** What was answered in a time. */
export interface Served {
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  /** Whether there were more answers than are looked at. */
  isCut: boolean;
  versions: ServedVersion[];
  /** Over the time: how many answers, and in how many milliseconds 95 of 100 came; null where there was none. */
  points: Array<{ time: number; count: number; slow: number | null }>;
  alerts: Alert[];
}

type Row = Omit<SeenAnswer, 'embedding'> & {
  time: number;
  model: string;
  version: string;
  ms: number;
  /** What a person has said; null where nobody has. */
  trueClass: string | null;
  embedding: ArrayBuffer | Uint8Array | null;
};

/**
 * Reads what was answered in the last minutes, while a server writes.
 *
 * @param folder that a monitor writes to
 * @returns undefined where nothing was ever served
 * @throws {Error} when the database cannot be read
 */
export function readServed(folder: string, minutes: number, now = Date.now()): Served | undefined {
  const file = path.join(folder, ANSWERS);
  if (!fs.existsSync(file)) return undefined;
  const database = new Database(file);
  try {
    database.pragma('query_only = ON');
    const from = now - minutes * 60_000;
    const rows = database
      .prepare(
        'SELECT answers.time, model, version, answers.class, probability, ms, brightness, contrast, embedding, feedback.class AS trueClass FROM answers LEFT JOIN feedback ON answer = id WHERE answers.time >= ? AND answers.time <= ? ORDER BY answers.time DESC LIMIT ?',
      )
      .all(from, now, MOST_ANSWERS + 1) as Row[];
    const isCut = rows.length > MOST_ANSWERS;
    const answers = rows.slice(0, MOST_ANSWERS).reverse();
    const models = database.prepare('SELECT * FROM models').all() as ModelRow[];
    const versions = versionsOf(answers, models);
    return {
      ...{ from, to: now, isCut, versions },
      points: pointsOf(answers, from, now),
      alerts: alertsOf(versions),
    };
  } finally {
    database.close();
  }
}

interface ModelRow {
  model: string;
  version: string;
  classes: string;
  reference: string | null;
}

function versionsOf(answers: readonly Row[], models: readonly ModelRow[]): ServedVersion[] {
  const byVersion = new Map<string, Row[]>();
  for (const answer of answers) {
    const key = `${answer.model}@${answer.version}`;
    const own = byVersion.get(key);
    if (own) own.push(answer);
    else byVersion.set(key, [answer]);
  }
  return [...byVersion.entries()].map(([key, own]) => {
    const known = models.find(({ model, version }) => `${model}@${version}` === key);
    const names = JSON.parse(known?.classes ?? '[]') as string[];
    const all = [...new Set([...names, ...own.map((each) => each.class)])];
    const ms = own.map((each) => each.ms).sort((a, b) => a - b);
    const reference =
      known?.reference == null
        ? undefined
        : readReference(`Cannot compare what ${key} has answered`, known.reference);
    const judged = own.filter(({ trueClass }) => trueClass !== null);
    return {
      model: own[0]!.model,
      version: own[0]!.version,
      count: own.length,
      classes: all.map((name) => [name, own.filter((each) => each.class === name).length]),
      probability: own.reduce((sum, { probability }) => sum + probability, 0) / own.length,
      median: quantile(ms, 0.5),
      slow: quantile(ms, 0.95),
      judged: judged.length,
      right: judged.filter((each) => each.trueClass === each.class).length,
      drift: reference && driftOf(reference, own.map(withNumbers)),
    };
  });
}

function withNumbers({ embedding, ...answer }: Row): SeenAnswer {
  if (embedding === null) return { ...answer, embedding: null };
  const bytes = Uint8Array.from(new Uint8Array(embedding));
  return { ...answer, embedding: Array.from(new Float32Array(bytes.buffer)) };
}

function pointsOf(answers: readonly Row[], from: number, to: number): Served['points'] {
  const width = (to - from) / POINTS;
  const inPoint: number[][] = Array.from({ length: POINTS }, () => []);
  for (const { time, ms } of answers) {
    inPoint[Math.min(POINTS - 1, Math.floor((time - from) / width))]!.push(ms);
  }
  return inPoint.map((ms, i) => ({
    time: Math.round(from + (i + 1) * width),
    count: ms.length,
    slow:
      ms.length === 0
        ? null
        : quantile(
            ms.sort((a, b) => a - b),
            0.95,
          ),
  }));
}

/** The least value that so large a share of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
