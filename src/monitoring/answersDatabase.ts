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

/** A database of served answers, opened to write. */
export interface AnswersDatabase {
  /** All of them or none; what was added is there after the process is killed. */
  add(answers: readonly KeptAnswer[]): void;
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
    'INSERT INTO answers (time, request, model, version, class, probability, ms, brightness, contrast, embedding, picture) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const addAll = (answers: readonly KeptAnswer[]) => {
    for (const { embedding, ...answer } of answers) {
      insert.run(
        ...[answer.time, answer.request, answer.model, answer.version, answer.class],
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
    forget: (time) => void database.prepare('DELETE FROM answers WHERE time < ?').run(time),
    close: () => void database.close(),
  };
}
