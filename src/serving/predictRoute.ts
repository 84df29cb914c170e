import type { Request, Response } from 'express';
import { predictedIndex } from '../evaluation/probabilitiesOf';
import { show } from '../errors/show';
import type { Serving } from './serverApp';
import { checkPictureBytes } from './pictureProblem';
import { picturesOf } from './picturesOf';
import { ServingError } from './ServingError';
import type { ServedModel } from './servedModel';

/** What `/predict` says of one picture. */
export interface ServedAnswer {
  /** The name of its file, where it was sent with one. */
  file?: string;
  /** The class that it is taken for. */
  class: string;
  /** The probability of that class, 0–1. */
  probability: number;
  /** By class. */
  probabilities: Record<string, number>;
}

/** `POST /predict`: pictures in, classes out. */
export async function predictRoute(
  { engine, limits, onAnswers }: Serving,
  request: Request,
  response: Response,
): Promise<void> {
  const begin = performance.now();
  const sent = await picturesOf(request, limits);
  for (const [i, { file, bytes }] of sent.entries()) {
    checkPictureBytes(bytes, file === undefined ? `number ${i + 1}` : show(file), limits.pixels);
  }
  const model = engine.find(queried(request, 'model'), queried(request, 'version'));
  const pictures = sent.map(({ bytes }) => bytes);
  const all = await model.predict(pictures, goneWith(response));
  onAnswers(model, all);
  response.json({
    model: model.name,
    version: model.version,
    ms: Math.round(100 * (performance.now() - begin)) / 100,
    predictions: all.map((probabilities, i) => answerOf(model, probabilities, sent[i]!.file)),
  });
}

function answerOf(
  { classifier: { classNames } }: ServedModel,
  probabilities: number[],
  file: string | undefined,
): ServedAnswer {
  const index = predictedIndex(probabilities);
  return {
    ...(file === undefined ? {} : { file }),
    class: classNames[index]!,
    probability: probabilities[index]!,
    probabilities: Object.fromEntries(classNames.map((name, i) => [name, probabilities[i]!])),
  };
}

function queried(request: Request, name: string): string | undefined {
  const value = request.query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new ServingError(400, `${show(name)} can be asked for once, got ${show(value)}`);
}

/** Ends the wait of what nobody is there for any more. */
export function goneWith(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
