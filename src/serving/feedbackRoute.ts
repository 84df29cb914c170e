import type { Request, Response } from 'express';
import { z } from 'zod';
import { listed } from '../errors/listed';
import { show } from '../errors/show';
import type { Monitor } from '../monitoring/openMonitor';
import { parsed } from './picturesOf';
import { readBody } from './readBody';
import { ServingError } from './ServingError';

/** Of a body, which holds an id and the name of a class. */
const MOST_BYTES = 10_000;

const schema = z
  .object({
    id: z.string().min(1),
    trueClass: z.string().min(1),
    picture: z.number().int().min(1).default(1),
  })
  .strict();

/**
 * `POST /feedback`: what a picture really is of that was answered, `{"id": "…", "trueClass": "sad"}`. The id is that of the
 * answer's header `X-Request-Id`; of several pictures in one request `"picture": 2` is the second.
 *
 * @param keep keeps it, see `Monitor`
 */
export async function feedbackRoute(
  keep: Monitor['onFeedback'],
  request: Request,
  response: Response,
): Promise<void> {
  const content = parsed(await readBody(request, MOST_BYTES));
  const { data } = schema.safeParse(content);
  if (!data) {
    throw new ServingError(
      400,
      `{"id": "…", "trueClass": "…"} is required, and of several pictures "picture", from 1, got ${show(content)}`,
    );
  }
  const { id, trueClass, picture } = data;
  const kept = await keep({ request: id, position: picture - 1, trueClass });
  if (kept.isKept) {
    const { model, version } = kept;
    response.json({ id, picture, model, version, class: kept.class, trueClass });
    return;
  }
  if (kept.classNames) {
    throw new ServingError(
      400,
      `trueClass must be one of ${listed(kept.classNames)}, got ${show(trueClass)}`,
    );
  }
  throw new ServingError(
    404,
    `No answer to a picture number ${picture} of a request ${show(id)} is kept: the id is that of the header X-Request-Id`,
  );
}
