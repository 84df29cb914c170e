import { z } from 'zod';
import { processMarkSchema } from '../../files/processMark';

/** The log of a run, in its folder. */
export const RUN_LOG = 'run.jsonl';
/** How far the epoch is that is being made; written whole again and again. */
export const PROGRESS = 'progress.json';
/** Small pictures, in a folder of the run's folder. */
export const THUMBNAILS = 'thumbnails';

/** What the name of a thumbnail looks like: the beginning of its content's SHA-256. */
export const THUMBNAIL_NAME = /^[0-9a-f]{24}\.(?:jpg|png)$/;

/** A number; JSON has none for NaN and the infinities, which stand as words. */
const number = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform((word) => Number(word)),
]);
const count = z.number().int().min(0);
const from1 = z.number().int().min(1);
/** More epochs than anybody trains: so that a wrong number cannot fill the memory. */
const epoch = from1.max(1_000_000);
const time = z.string().datetime();
const metrics = z.record(number);

const layer = z.object({
  name: z.string(),
  type: z.string(),
  outputShape: z.string(),
  parameters: count,
});

const weight = z.object({
  name: z.string(),
  shape: z.array(count),
  /** Of the numbers that are finite. */
  least: number,
  most: number,
  /** In columns of equal width from `least` to `most`. */
  counts: z.array(count),
  /** How many numbers are NaN or infinite. */
  notFinite: count,
  /** How many were looked at, evenly spread: all, or 65,536 of a large weight. */
  counted: count,
});

const begin = z.object({
  kind: z.literal('begin'),
  smileLabLog: z.literal(1),
  name: z.string(),
  time,
  /** How many epochs were finished before. */
  epochsBefore: count,
  /** How many epochs in all are planned. */
  epochs: count,
  /** Batches an epoch; null where the data set does not know it. */
  steps: count.nullable(),
  process: processMarkSchema,
  device: z.object({ kind: z.string(), description: z.string(), name: z.string().nullable() }),
  versions: z.record(z.string()),
  settings: z.record(z.union([number, z.string(), z.boolean(), z.null()])),
  model: z.object({
    name: z.string(),
    layers: z.array(layer),
    parameters: count,
    trainable: count,
  }),
});

const epochLine = z.object({
  kind: z.literal('epoch'),
  epoch,
  time,
  metrics,
  /** From the epoch's beginning to its end, with validation. */
  seconds: z.number(),
  /** Mean of the epoch's batches, with the loading of their pictures. */
  msPerStep: number,
  learningRate: number.nullable(),
  weights: z.array(weight).optional(),
});

const end = z.object({
  kind: z.literal('end'),
  time,
  /** `reached`: what it was trained for, before its last epoch or with it. */
  how: z.enum(['finished', 'reached', 'stopped', 'failed']),
  /** In words, such as "reached 99.9 %", "stopped early", "stopped by hand"; missing where nobody said, and in older logs. */
  reason: z.string().optional(),
  /** How many whole epochs there are. */
  epochs: count,
  seconds: z.number(),
  error: z.string().optional(),
  weights: z.array(weight).optional(),
});

const picture = z.object({
  path: z.string(),
  /** The index of its true class in `classNames`, and the name. */
  label: count,
  trueClass: z.string(),
  predictedClass: z.string(),
  /** That the model gave to `predictedClass`. */
  probability: number,
  loss: number,
  thumbnail: z.string().regex(THUMBNAIL_NAME).nullable(),
});

const evaluation = z.object({
  kind: z.literal('evaluation'),
  time,
  /** What was evaluated: `test`, `training`, or what the caller calls it. */
  name: z.string(),
  classNames: z.array(z.string()),
  count,
  loss: number,
  accuracy: number,
  /** The cells of the confusion matrix that are not 0: the indices of the true and of the predicted class, and how many. */
  cells: z.array(z.tuple([count, count, count])),
  /** The mistakes first, the worst first; not all of them where there are very many. */
  pictures: z.array(picture),
});

/** One line of `run.jsonl`. */
export const runLogLine = z.preprocess(
  asWrittenNow,
  z.discriminatedUnion('kind', [begin, epochLine, end, evaluation]),
);

/** The content of `progress.json`. */
export const progressContent = z.object({
  time,
  epoch,
  epochs: count,
  step: count,
  steps: count.nullable(),
  metrics,
});

export type RunLogLine = z.infer<typeof runLogLine>;
/** What was known of a training as it began. */
export type RunBegin = z.infer<typeof begin>;
/** An epoch, counted from 1. */
export type RunEpoch = z.infer<typeof epochLine>;
export type RunEnd = z.infer<typeof end>;
/** How a model did on pictures. */
export type RunEvaluation = z.infer<typeof evaluation>;
/** How the numbers of a weight are spread. */
export type WeightHistogram = z.infer<typeof weight>;
export type RunProgress = z.infer<typeof progressContent>;

/** How version 0.1.0 noted a picture of an evaluation. */
const earlierPicture = z.object({ file: z.string(), truth: count, answer: count }).passthrough();
const earlierEvaluation = z
  .object({ classNames: z.array(z.string()), pictures: z.array(earlierPicture) })
  .passthrough();

/** A line in the words of this version; one that no version has written stays what it is. */
function asWrittenNow(line: unknown): unknown {
  const { success, data } = earlierEvaluation.safeParse(line);
  if (!success) return line;
  const name = (index: number) => data.classNames[index] ?? `class ${index}`;
  const pictures = data.pictures.map(({ file, truth, answer, ...others }) => ({
    ...{ path: file, label: truth, trueClass: name(truth), predictedClass: name(answer) },
    ...others,
  }));
  return { ...data, pictures };
}

/** For `JSON.stringify`, which has no word for NaN and the infinities. */
export function encodeNumbers(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Writes a value as JSON on one line. */
export function toLine(value: RunLogLine | RunProgress): string {
  return `${JSON.stringify(value, encodeNumbers)}\n`;
}
