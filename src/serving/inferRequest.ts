import { z } from 'zod';
import { show } from '../errors/show';
import { bytesOfBase64 } from './base64';
import { checkNumberType, numbersOfBytes, textsOfBytes } from './binaryTensors';
import { checkPictureBytes } from './pictureProblem';
import { checkCount, numbersOf, pictureShape, picturesOfPixels } from './pixels';
import type { ServedModel, ServedPicture } from './servedModel';
import type { Limits } from './serverOptions';
import { ServingError } from './ServingError';

/** What a model takes, one of the two: pixels 0–255, or files whole. */
export const INPUTS = { pixels: 'pixels', picture: 'picture' } as const;

const parameters = z.record(z.unknown()).optional();
const inputSchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int().min(0)).max(8),
  datatype: z.string(),
  parameters,
  data: z.unknown(),
});
const requestSchema = z.object({
  id: z.string().optional(),
  parameters,
  inputs: z.array(inputSchema).length(1),
  outputs: z.array(z.object({ name: z.string(), parameters })).optional(),
});

/** A request of the Open Inference Protocol, without the bytes behind it. */
export type InferRequest = z.infer<typeof requestSchema>;
type Input = z.infer<typeof inputSchema> & { bytes?: Buffer };

/**
 * Takes a request apart: its JSON, and the bytes behind that of the binary tensor extension.
 *
 * @param header of `Inference-Header-Content-Length`: how long the JSON is
 * @throws {ServingError} when it is of another form, or a length is not true
 */
export function readInferRequest(
  body: Buffer,
  header: string | undefined,
): { request: InferRequest; input: Input } {
  const length = header === undefined ? body.length : Number(header);
  if (!Number.isInteger(length) || length < 0 || length > body.length) {
    throw new ServingError(
      400,
      `Inference-Header-Content-Length must be a whole number up to the ${body.length} bytes of the body, got ${show(header)}`,
    );
  }
  const { data: request, error } = requestSchema.safeParse(jsonOf(body.subarray(0, length)));
  if (!request) {
    const [issue] = error.issues;
    throw new ServingError(
      400,
      `The request has another form: ${issue?.path.join('.') || 'it'}: ${issue?.message}`,
    );
  }
  const input = request.inputs[0]!;
  const rest = body.subarray(length);
  const size = input.parameters?.['binary_data_size'];
  if (size !== undefined && size !== rest.length) {
    throw new ServingError(
      400,
      `binary_data_size of ${show(input.name)} must be the ${rest.length} bytes behind the JSON, got ${show(size)}`,
    );
  }
  if (size === undefined && rest.length > 0) {
    throw new ServingError(400, `${rest.length} bytes stand behind the JSON that no input claims`);
  }
  return { request, input: { ...input, ...(size === undefined ? {} : { bytes: rest }) } };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new ServingError(400, `The request is no JSON: ${(error as Error).message}`);
  }
}

/**
 * The pictures of a request's input.
 *
 * @throws {ServingError} when name, shape, data type or data are not what the model takes
 */
export function picturesOfInput(
  input: Input,
  model: ServedModel,
  limits: Pick<Limits, 'pixels' | 'pictures'>,
): ServedPicture[] {
  const { name, shape } = input;
  if (name === INPUTS.pixels) return pixelsOf(input, model, limits);
  if (name === INPUTS.picture) return filesOf(input, limits);
  throw new ServingError(
    400,
    `The input must be "pixels" of shape [n, ${pictureShape(model).join(', ')}] or "picture" of shape [n], got ${show(name)} of shape [${shape.join(', ')}]`,
  );
}

function pixelsOf(
  { shape, datatype, bytes, data }: Input,
  model: ServedModel,
  limits: Pick<Limits, 'pictures'>,
): ServedPicture[] {
  checkNumberType(datatype);
  const [count = 0, ...taken] = shape;
  const wanted = pictureShape(model);
  if (count < 1 || taken.length !== 3 || wanted.some((side, i) => side !== taken[i])) {
    throw new ServingError(
      400,
      `The shape of pixels must be [n, ${wanted.join(', ')}], n from 1, got [${shape.join(', ')}]`,
    );
  }
  checkCount(count, limits.pictures);
  const values = bytes
    ? numbersOfBytes(bytes, datatype, shape)
    : numbersOf(data, shape, 'The data of pixels');
  return picturesOfPixels(values, count);
}

function filesOf(
  { shape, datatype, bytes, data }: Input,
  limits: Pick<Limits, 'pixels' | 'pictures'>,
): ServedPicture[] {
  const count = shape.reduce((product, side) => product * side, 1);
  if (datatype !== 'BYTES' || count < 1 || shape.length < 1) {
    throw new ServingError(
      400,
      `"picture" must be BYTES of shape [n], n from 1, got ${show(datatype)} of shape [${shape.join(', ')}]`,
    );
  }
  checkCount(count, limits.pictures);
  const files = bytes ? textsOfBytes(bytes, count) : textsOfJson(data, count);
  files.forEach((file, i) => checkPictureBytes(file, `number ${i + 1}`, limits.pixels));
  return files;
}

function textsOfJson(data: unknown, count: number): Buffer[] {
  const texts = Array.isArray(data) ? data.flat(2) : [];
  if (texts.length !== count || !texts.every((text) => typeof text === 'string')) {
    throw new ServingError(
      400,
      `The data of "picture" must be ${count} texts in base64, got ${show(data)}`,
    );
  }
  return texts.map((text, i) => bytesOfBase64(text as string, `Picture number ${i + 1}`));
}
