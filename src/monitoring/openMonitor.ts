import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { predictedIndex } from '../evaluation/probabilitiesOf';
import { makeFolder } from '../files/makeFolder';
import { writeProblem } from '../files/writeProblem';
import { decodePicture } from '../images/decoding/decodePicture';
import { pictureType } from '../images/formats/pictureType';
import type { CheckedResizing } from '../images/formats/resizing';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';
import {
  type AnswersDatabase,
  type Feedback,
  type FeedbackOutcome,
  type KeptAnswer,
  openAnswers,
} from './answersDatabase';
import { type Observation, observe } from './observe';

/** Where pictures are kept, if they are. */
export const PICTURES = 'pictures';
const WRITE_EVERY = 500; // ms
/** Of the pictures of that time, so many are looked at: it takes longer than to classify them. */
const LOOKED_AT = 1;
const FORGET_EVERY = 60 * 60 * 1000; // ms
const KEEP_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000; // ms

/** What a server tells of a request that it has answered. */
export interface ObservedRequest {
  id: string;
  model: { name: string; version: string; classifier: Classifier; resizing: CheckedResizing };
  /** Files' bytes, or pixels. */
  pictures: ReadonlyArray<Buffer | Float32Array>;
  probabilities: readonly number[][];
  ms: number;
}

/** How answers are kept. */
export interface MonitorOptions {
  /** Where; made where it is missing. */
  folder: string;
  /** Keeps the pictures too, as files; they are not kept when left out. */
  keepPictures?: boolean;
  /** After so many days an answer is forgotten, with its picture; 30 when left out. */
  keepDays?: number;
  /** Told once when nothing can be written any more: the server goes on without. */
  onProblem?: (line: string) => void;
}

/** What keeps the answers of a server. */
export interface Monitor {
  /** Says what the answers of a version are compared with. */
  watch(model: { name: string; version: string; classifier: Classifier }, reference?: string): void;
  /** Keeps what was answered; it neither waits nor throws. */
  onAnswer(request: ObservedRequest): void;
  /**
   * Keeps what a person says of an answer.
   *
   * @throws {Error} when nothing can be written any more
   */
  onFeedback(feedback: Feedback): Promise<FeedbackOutcome>;
  /** Writes what was not written yet. */
  close(): Promise<void>;
}

/**
 * Keeps what a server answers, in a database in a folder: class, probability and time of each picture, and of some of them how they
 * look to the network; the pictures themselves only where it is asked for.
 *
 * @throws {Error} when the folder or the database cannot be written
 */
export function openMonitor({
  folder,
  keepPictures = false,
  keepDays = KEEP_DAYS,
  onProblem = () => {},
}: MonitorOptions): Monitor {
  const database = openAnswers(folder);
  const pictures = path.join(folder, PICTURES);
  if (keepPictures) makeFolder(pictures);
  const cannot = `Cannot keep what is answered in ${JSON.stringify(folder)}`;
  let waiting: Array<{ answer: KeptAnswer; look?: () => Promise<Observation> }> = [];
  let forgotten = -Infinity;
  let hasFailed = false;
  let writing: Promise<void> | undefined;

  const trying = (work: () => void) => {
    if (hasFailed) return;
    try {
      work();
    } catch (error) {
      hasFailed = true;
      onProblem(`${cannot}: ${writeProblem(error)}. The server goes on without`);
    }
  };
  const write = async () => {
    const taken = waiting;
    waiting = [];
    for (const one of taken.filter(({ look }) => look).slice(0, LOOKED_AT)) {
      // Its model may have gone meanwhile, as after a promotion.
      const seen = await one.look!().catch(() => undefined);
      if (seen) Object.assign(one.answer, seen);
    }
    if (taken.length > 0) trying(() => database.add(taken.map(({ answer }) => answer)));
    if (Date.now() - forgotten < FORGET_EVERY) return;
    forgotten = Date.now();
    trying(() => forget(database, pictures, keepDays));
  };
  const writeNow = () => (writing ??= write().finally(() => (writing = undefined)));
  const timer = setInterval(() => void writeNow(), WRITE_EVERY);
  timer.unref();

  return {
    watch: ({ name, version, classifier }, reference) =>
      trying(() => database.setModel(name, version, classifier.classNames, reference)),
    onAnswer({ id, model, pictures: asked, probabilities, ms }) {
      if (hasFailed) return;
      for (const [i, all] of probabilities.entries()) {
        const index = predictedIndex(all);
        const picture = asked[i]!;
        const answer: KeptAnswer = {
          time: Date.now(),
          request: id,
          position: i,
          model: model.name,
          version: model.version,
          class: model.classifier.classNames[index]!,
          probability: all[index]!,
          ms,
          ...{ brightness: null, contrast: null, embedding: null, picture: null },
        };
        if (keepPictures && picture instanceof Buffer) {
          trying(() => (answer.picture = keep(pictures, picture)));
        }
        // Pictures wait in the memory: no more of them than are looked at.
        const isLookedAt = waiting.filter(({ look }) => look).length < LOOKED_AT;
        waiting.push({ answer, ...(isLookedAt ? { look: () => lookAt(model, picture) } : {}) });
      }
    },
    async onFeedback(feedback) {
      // The answer may wait to be written: behind one that is being written now.
      await writing;
      await writeNow();
      if (hasFailed) throw new Error(`${cannot}: nothing can be written any more`);
      return database.addFeedback(feedback, Date.now());
    },
    async close() {
      clearInterval(timer);
      await writing;
      await write();
      database.close();
    },
  };
}

async function lookAt(
  { classifier, resizing }: ObservedRequest['model'],
  picture: Buffer | Float32Array,
): Promise<Observation> {
  const xs = tf.tidy(() =>
    (picture instanceof Float32Array
      ? tf.tensor3d(picture, [...resizing.imageSize, resizing.channels])
      : decodePicture(picture, 'that was served', resizing)
    ).expandDims<tf.Tensor4D>(0),
  );
  try {
    return (await observe(classifier, xs))[0]!;
  } finally {
    xs.dispose();
  }
}

/** Under a name that follows from its content, so that what is sent again is kept once. */
function keep(folder: string, picture: Buffer): string {
  const hash = createHash('sha256').update(picture).digest('hex').slice(0, 24);
  const name = `${hash}.${pictureType(picture)?.extensions.at(-1) ?? 'picture'}`;
  const file = path.join(folder, name);
  if (fs.existsSync(file)) return name;
  const unfinished = path.join(folder, `.${name}.${process.pid}`);
  fs.writeFileSync(unfinished, picture, { mode: 0o600 });
  fs.renameSync(unfinished, file);
  return name;
}

function forget(database: AnswersDatabase, pictures: string, days: number): void {
  const before = Date.now() - days * DAY;
  // The pictures first: one whose answer is forgotten nobody would find any more.
  for (const name of database.picturesBefore(before)) {
    fs.rmSync(path.join(pictures, name), { force: true });
  }
  database.forget(before);
}
