import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { show } from '../errors/show';
import { bytesOfBase64 } from './base64';
import type { Limits } from './serverOptions';
import { readBody } from './readBody';
import { ServingError } from './ServingError';

/** A picture that was sent, and what to call it. */
export interface SentPicture {
  /** Of the file, where it has one. */
  file?: string;
  bytes: Buffer;
}

const HOW =
  'send a picture as the body (Content-Type image/png), several as multipart/form-data, or JSON {"pictures": ["base64…"]}';

const schema = z.union([
  z.object({ picture: z.string() }).strict(),
  z.object({ pictures: z.array(z.string()).min(1) }).strict(),
]);

/**
 * The pictures of a request to `/predict`: its body, the files of a form, or text in base64, bare or in JSON.
 *
 * @throws {ServingError} when there is none, too many or too much, or the kind of the body is another
 */
export async function picturesOf(
  request: IncomingMessage,
  limits: Pick<Limits, 'bodySize' | 'pictures'>,
): Promise<SentPicture[]> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'multipart/form-data') return notTooMany(await filesOf(request, limits), limits);
  if (type === 'application/json') {
    const texts = textsOf(parsed(await readBody(request, limits.bodySize)));
    notTooMany(texts, limits);
    return texts.map((text, i) => ({ bytes: bytesOfBase64(text, `Picture number ${i + 1}`) }));
  }
  if (type === 'text/plain') {
    const text = (await readBody(request, limits.bodySize)).toString('latin1').trim();
    return [{ bytes: bytesOfBase64(text, 'The body') }];
  }
  // What curl --data-binary calls its body when it is not told.
  const isRaw = ['', 'application/octet-stream', 'application/x-www-form-urlencoded'];
  if (type.startsWith('image/') || isRaw.includes(type)) {
    return [{ bytes: await readBody(request, limits.bodySize) }];
  }
  throw new ServingError(415, `A picture is required, got ${show(type)}: ${HOW}`);
}

function notTooMany<T extends readonly unknown[]>(all: T, { pictures }: Pick<Limits, 'pictures'>) {
  if (all.length <= pictures) return all;
  throw new ServingError(
    413,
    `At most ${pictures} pictures are accepted in a request, got ${all.length}`,
  );
}

/** JSON of a body. @throws {ServingError} when it is none */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ServingError(400, `The body is no JSON: ${(error as Error).message}`);
  }
}

function textsOf(content: unknown): string[] {
  const { data } = schema.safeParse(content);
  if (!data) {
    throw new ServingError(
      400,
      `{"picture": "base64…"} or {"pictures": ["base64…"]} is required, got ${show(content)}`,
    );
  }
  return 'picture' in data ? [data.picture] : data.pictures;
}

async function filesOf(
  request: IncomingMessage,
  { bodySize }: Pick<Limits, 'bodySize'>,
): Promise<SentPicture[]> {
  const body = await readBody(request, bodySize);
  const headers = { 'content-type': request.headers['content-type']! };
  const form = await new Response(body, { headers }).formData().catch((error: unknown) => {
    throw new ServingError(400, `The form cannot be read: ${(error as Error).message}`);
  });
  const files: SentPicture[] = [];
  for (const value of form.values()) {
    if (typeof value === 'string') continue;
    files.push({ file: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  if (files.length > 0) return files;
  throw new ServingError(400, `A file is required in the form, got none: ${HOW}`);
}
