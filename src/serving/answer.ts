import type { Response } from 'express';
import type { ServedModel, ServedPicture } from './servedModel';
import type { Serving } from './serverApp';

/** What was asked and answered in one request. */
export interface ServedRequest {
  /** The request's id. */
  id: string;
  model: ServedModel;
  pictures: readonly ServedPicture[];
  /** Of each picture, one a class. */
  probabilities: readonly number[][];
  /** Milliseconds from the moment when the request began to come. */
  ms: number;
}

/**
 * Lets a model answer, and tells it to whoever wants to know.
 *
 * @param asked the model's name, left out: the first; and its version, left out: the one in use
 * @param picturesFor the pictures, as that model takes them; may throw
 * @throws {ServingError} when there is none, or it has no time; UnreadablePicture
 */
export async function answer(
  { engine, onAnswer }: Serving,
  response: Response,
  asked: { name?: string | undefined; version?: string | undefined },
  picturesFor: (model: ServedModel) => ServedPicture[],
): Promise<ServedRequest> {
  const model = engine.find(asked.name, asked.version);
  const pictures = picturesFor(model);
  const probabilities = await model.predict(pictures, goneWith(response));
  const { id, begin } = response.locals as { id: string; begin: number };
  const request = { id, model, pictures, probabilities, ms: performance.now() - begin };
  onAnswer(request);
  return request;
}

/** Ends the wait of what nobody is there for any more. */
function goneWith(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
