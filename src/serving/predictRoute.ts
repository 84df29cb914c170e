import type { Request, Response } from 'express';
import { predictedIndex } from '../evaluation/probabilitiesOf';
import { show } from '../errors/show';
import { answer } from './answer';
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
  serving: Serving,
  request: Request,
  response: Response,
): Promise<void> {
  const { limits } = serving;
  const sent = await picturesOf(request, limits);
  for (const [i, { file, bytes }] of sent.entries()) {
    checkPictureBytes(bytes, file === undefined ? `number ${i + 1}` : show(file), limits.pixels);
  }
  const asked = { name: queried(request, 'model'), version: queried(request, 'version') };
  const { id, model, probabilities, ms } = await answer(serving, response, asked, () =>
    sent.map(({ bytes }) => bytes),
  );
  response.json({
    id,
    model: model.name,
    version: model.version,
    ms: Math.round(100 * ms) / 100,
    predictions: probabilities.map((each, i) => answerOf(model, each, sent[i]!.file)),
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
