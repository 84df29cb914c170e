import type { Express, Request, Response } from 'express';
import { show } from '../errors/show';
import { isConfig } from '../saving/keras/values/values';
import { answer } from './answer';
import { bytesOfBase64 } from './base64';
import { checkPictureBytes } from './pictureProblem';
import { INPUTS } from './inferRequest';
import { parsed } from './picturesOf';
import { checkCount, numbersOf, pictureShape, picturesOfPixels } from './pixels';
import { readBody } from './readBody';
import type { Serving } from './serverApp';
import type { ServedModel, ServedPicture } from './servedModel';
import type { Limits } from './serverOptions';
import { ServingError } from './ServingError';

const SIGNATURE = 'serving_default';
const PREDICT = /^\/v1\/models\/([^/:]+)(?:\/versions\/([^/:]+))?:predict$/;

/** TensorFlow Serving's REST API: https://www.tensorflow.org/tfx/serving/api_rest, of it status, metadata and predict. */
export function tensorFlowServing(app: Express, serving: Serving): void {
  const { engine } = serving;
  app.post(PREDICT, (request, response) => predict(serving, request, response));
  // Else the next route would take the whole for a model's name.
  app.all(PREDICT, ({ method, path }, response) => {
    response.set('Allow', 'POST');
    throw new ServingError(405, `${path} takes POST, not ${method}`);
  });
  for (const at of ['/v1/models/:name', '/v1/models/:name/versions/:version']) {
    app.get(at, ({ params }, response) => {
      const { name, version } = params as { name: string; version?: string };
      engine.find(name, version);
      const versions = version === undefined ? engine.versions(name) : [version];
      response.json({
        model_version_status: versions.map((each) => ({
          version: each,
          state: 'AVAILABLE',
          status: { error_code: 'OK', error_message: '' },
        })),
      });
    });
    app.get(`${at}/metadata`, ({ params }, response) => {
      const { name, version } = params as { name: string; version?: string };
      response.json(metadataOf(engine.find(name, version)));
    });
  }
}

function metadataOf(model: ServedModel) {
  const tensor = (name: string, sizes: number[]) => ({
    dtype: 'DT_FLOAT',
    tensor_shape: {
      dim: sizes.map((size) => ({ size: String(size), name: '' })),
      unknown_rank: false,
    },
    name: `${SIGNATURE}_${name}:0`,
  });
  const signature = {
    inputs: { [INPUTS.pixels]: tensor(INPUTS.pixels, [-1, ...pictureShape(model)]) },
    outputs: {
      probabilities: tensor('probabilities', [-1, model.classifier.classNames.length]),
    },
    method_name: 'tensorflow/serving/predict',
  };
  return {
    model_spec: { name: model.name, signature_name: '', version: model.version },
    metadata: { signature_def: { signature_def: { [SIGNATURE]: signature } } },
  };
}

async function predict(serving: Serving, request: Request, response: Response): Promise<void> {
  const { limits } = serving;
  const content = parsed(await readBody(request, limits.bodySize));
  const { rows, isByRow } = rowsOf(content);
  checkCount(rows.length, limits.pictures);
  // By their places in the pattern.
  const { 0: name, 1: version } = request.params as unknown as [string, string | undefined];
  const { probabilities } = await answer(serving, response, { name, version }, (model) =>
    rows.map((row, i) => pictureOf(row, i, model, limits)),
  );
  response.json(isByRow ? { predictions: probabilities } : { outputs: probabilities });
}

/** The pictures of a request by row (`instances`) or by column (`inputs`). */
function rowsOf(content: unknown): { rows: unknown[]; isByRow: boolean } {
  if (!isConfig(content)) throw wrong(content);
  const { signature_name: signature = '', instances, inputs } = content;
  if (signature !== '' && signature !== SIGNATURE) {
    throw new ServingError(400, `There is no signature ${show(signature)}, only "${SIGNATURE}"`);
  }
  const isByRow = instances !== undefined;
  const named = isConfig(inputs) && !isBase64(inputs) ? byName(inputs) : inputs;
  const rows = isByRow ? instances : isBase64(named) ? [named] : named;
  if (!Array.isArray(rows) || rows.length === 0) throw wrong(content);
  return { rows, isByRow };
}

function wrong(content: unknown): ServingError {
  return new ServingError(
    400,
    `{"instances": […]} or {"inputs": […]} is required, in it pixels or {"b64": "…"} for each picture, got ${show(content)}`,
  );
}

function byName(inputs: Record<string, unknown>): unknown {
  return inputs[INPUTS.pixels] ?? inputs[INPUTS.picture];
}

function isBase64(value: unknown): value is { b64: string } {
  return isConfig(value) && typeof value['b64'] === 'string';
}

function pictureOf(
  row: unknown,
  i: number,
  model: ServedModel,
  limits: Pick<Limits, 'pixels'>,
): ServedPicture {
  const value = isConfig(row) && !isBase64(row) ? byName(row) : row;
  if (isBase64(value)) {
    const bytes = bytesOfBase64(value.b64, `Picture number ${i + 1}`);
    checkPictureBytes(bytes, `number ${i + 1}`, limits.pixels);
    return bytes;
  }
  const values = numbersOf(value, pictureShape(model), `Picture number ${i + 1}`);
  return picturesOfPixels(values, 1)[0]!;
}
