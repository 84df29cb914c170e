import fs from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { makeFolder } from '../files/makeFolder';

/** In the folder of what was served. */
export const ANSWERS = 'answers.db';
/** Another process may be writing. */
const PATIENCE = 5000; // ms

const TABLES = `
CREATE TABLE IF NOT EXISTS answers (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL, -- ms since 1970
  request TEXT NOT NULL,
  position INTEGER NOT NULL, -- of the picture in its request, from 0
  model TEXT NOT NULL,
  version TEXT NOT NULL,
  class TEXT NOT NULL,
  probability REAL NOT NULL,
  ms REAL NOT NULL,
  brightness REAL, -- of some of the pictures only, as the two that follow
  contrast REAL,
  embedding BLOB,
  picture TEXT -- the name of its file, where pictures are kept
);
CREATE INDEX IF NOT EXISTS answers_time ON answers (time);
CREATE INDEX IF NOT EXISTS answers_request ON answers (request, position);
CREATE TABLE IF NOT EXISTS feedback (
  answer INTEGER PRIMARY KEY, -- its id
  time INTEGER NOT NULL,
  class TEXT NOT NULL -- what the picture really is of
);
CREATE TABLE IF NOT EXISTS models (
  model TEXT NOT NULL,
  version TEXT NOT NULL,
  classes TEXT NOT NULL, -- their names, as JSON
  reference TEXT, -- what the pictures of its training look like, as JSON; null where it is not known
  PRIMARY KEY (model, version)
);
`;

/** One answer, as it is kept. */
export interface KeptAnswer {
  time: number;
  request: string;
  /** Of the picture in its request; 0 when left out. */
  position?: number;
  model: string;
  version: string;
  class: string;
  probability: number;
  ms: number;
  brightness: number | null;
  contrast: number | null;
  embedding: readonly number[] | null;
  picture: string | null;
}

/** What a person says of an answer. */
export interface Feedback {
  /** The id of the request. */
  request: string;
  /** Of the picture in its request, from 0. */
  position: number;
  trueClass: string;
}

/** What became of it: kept, or refused since there is no such answer, or since the model knows other classes alone. */
export type FeedbackOutcome =
  | { isKept: true; model: string; version: string; class: string }
  | { isKept: false; classNames?: string[] };

type AnsweredBy = Pick<KeptAnswer, 'model' | 'version' | 'class'>;

/** A database of served answers, opened to write. */
export interface AnswersDatabase {
  /** All of them or none; what was added is there after the process is killed. */
  add(answers: readonly KeptAnswer[]): void;
  /** Keeps what a picture really is of; said again, the last word counts. */
  addFeedback(feedback: Feedback, time: number): FeedbackOutcome;
  /** What the answers of a version are compared with. */
  setModel(model: string, version: string, classNames: readonly string[], reference?: string): void;
  /** The pictures that only answers of before a moment name. */
  picturesBefore(time: number): string[];
  /** Forgets the answers of before a moment. */
  forget(time: number): void;
  close(): void;
}

/**
 * Opens the database of served answers, or makes it. Written ahead (WAL): who reads does not wait for who writes, and what was
 * committed is there after a kill.
 *
 * @throws {Error} when it cannot be opened, or is none
 */
export function openAnswers(folder: string): AnswersDatabase {
  makeFolder(folder);
  const file = path.join(folder, ANSWERS);
  // Only this person may read who was taken for what.
  fs.closeSync(fs.openSync(file, 'a', 0o600));
  const database = new Database(file, { timeout: PATIENCE });
  database.pragma('journal_mode = WAL');
  // A commit survives a killed process; of a power failure the last ones may not.
  database.pragma('synchronous = NORMAL');
  database.exec(TABLES);
  const insert = database.prepare(
    'INSERT INTO answers (time, request, position, model, version, class, probability, ms, brightness, contrast, embedding, picture) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const addAll = (answers: readonly KeptAnswer[]) => {
    for (const { embedding, ...answer } of answers) {
      insert.run(
        ...[answer.time, answer.request, answer.position ?? 0],
        ...[answer.model, answer.version, answer.class],
        ...[answer.probability, answer.ms, answer.brightness, answer.contrast],
        embedding === null ? null : Buffer.from(Float32Array.from(embedding).buffer),
        answer.picture,
      );
    }
  };
  return {
    add(answers) {
      database.exec('BEGIN IMMEDIATE');
      try {
        addAll(answers);
        database.exec('COMMIT');
      } catch (error) {
        // SQLite has done so itself where the disk is full; libsql's own transaction() would then report that alone.
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    addFeedback({ request, position, trueClass }, time) {
      // A client may give the ids itself, and one twice.
      const found = database
        .prepare(
          'SELECT id, model, version, class FROM answers WHERE request = ? AND position = ? ORDER BY id DESC LIMIT 1',
        )
        .get(request, position) as (AnsweredBy & { id: number }) | undefined;
      if (!found) return { isKept: false };
      const { id, ...answered } = found;
      const { classes } = database
        .prepare('SELECT classes FROM models WHERE model = ? AND version = ?')
        .get(answered.model, answered.version) as { classes: string };
      const classNames = JSON.parse(classes) as string[];
      if (!classNames.includes(trueClass)) return { isKept: false, classNames };
      database.prepare('INSERT OR REPLACE INTO feedback VALUES (?, ?, ?)').run(id, time, trueClass);
      return { isKept: true, ...answered };
    },
    setModel(model, version, classNames, reference) {
      database
        .prepare('INSERT OR REPLACE INTO models VALUES (?, ?, ?, ?)')
        .run(model, version, JSON.stringify(classNames), reference ?? null);
    },
    picturesBefore(time) {
      // One that was sent again is kept once.
      const found = database
        .prepare(
          'SELECT picture, MAX(time) AS last FROM answers WHERE picture IS NOT NULL GROUP BY picture HAVING last < ?',
        )
        .all(time) as Array<{ picture: string }>;
      return found.map(({ picture }) => picture);
    },
    forget(time) {
      database.prepare('DELETE FROM answers WHERE time < ?').run(time);
      database.exec('DELETE FROM feedback WHERE answer NOT IN (SELECT id FROM answers)');
    },
    close: () => void database.close(),
  };
}
