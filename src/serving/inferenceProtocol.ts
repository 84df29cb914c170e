import type { Express, Request, Response } from 'express';
import { listed } from '../errors/listed';
import { show } from '../errors/show';
import { predictedIndex } from '../evaluation/probabilitiesOf';
import { projectVersion } from '../files/projectFolder';
import { answer, type ServedRequest } from './answer';
import { bytesOfTexts } from './binaryTensors';
import { INPUTS, type InferRequest, picturesOfInput, readInferRequest } from './inferRequest';
import { pictureShape } from './pixels';
import { readBody } from './readBody';
import type { Serving } from './serverApp';
import type { ServedModel } from './servedModel';
import { ServingError } from './ServingError';

const HEADER = 'Inference-Header-Content-Length';

/** What a model gives. */
const OUTPUTS = ['probabilities', 'class'] as const;

/**
 * The Open Inference Protocol, version 2 (KServe, Triton, MLServer): https://github.com/kserve/open-inference-protocol; and
 * Triton's extension of it that sends tensors as bytes.
 */
export function inferenceProtocol(app: Express, serving: Serving): void {
  const { engine } = serving;
  app.get('/v2', (_, response) => {
    const extensions = ['binary_tensor_data'];
    response.json({ name: 'smile-lab', version: projectVersion(), extensions });
  });
  app.get('/v2/health/live', (_, response) => void response.json({ live: true }));
  app.get('/v2/health/ready', (_, response) => {
    const ready = serving.isReady();
    response.status(ready ? 200 : 503).json({ ready });
  });
  for (const at of ['/v2/models/:name', '/v2/models/:name/versions/:version']) {
    app.get(at, (request, response) => {
      const { name, version } = asked(request);
      response.json(describe(engine.find(name, version), engine.versions(name)));
    });
    app.get(`${at}/ready`, (request, response) => {
      const { name, version } = asked(request);
      response.json({ name: engine.find(name, version).name, ready: true });
    });
    app.post(`${at}/infer`, (request, response) => infer(serving, request, response));
  }
}

/** Of a route whose address names a model. */
function asked({ params }: Request): { name: string; version?: string } {
  return params as { name: string; version?: string };
}

function describe(model: ServedModel, versions: string[]) {
  const { classNames } = model.classifier;
  return {
    name: model.name,
    versions,
    platform: 'tensorflow_smile_lab',
    inputs: [{ name: INPUTS.pixels, datatype: 'FP32', shape: [-1, ...pictureShape(model)] }],
    outputs: [
      {
        ...{ name: 'probabilities', datatype: 'FP32', shape: [-1, classNames.length] },
        parameters: { class_names: classNames },
      },
      { name: 'class', datatype: 'BYTES', shape: [-1] },
    ],
  };
}

async function infer(serving: Serving, request: Request, response: Response): Promise<void> {
  const { limits } = serving;
  const body = await readBody(request, limits.bodySize);
  const read = readInferRequest(body, request.get(HEADER));
  const wanted = wantedOutputs(read.request);
  const answered = await answer(serving, response, asked(request), (model) =>
    picturesOfInput(read.input, model, limits),
  );
  const tensors = wanted.map(({ name, isBinary }) => tensorOf(name, answered, isBinary));
  const json = JSON.stringify({
    model_name: answered.model.name,
    model_version: answered.model.version,
    ...(read.request.id === undefined ? {} : { id: read.request.id }),
    outputs: tensors.map(({ json }) => json),
  });
  const bytes = tensors.flatMap(({ bytes }) => (bytes ? [bytes] : []));
  if (bytes.length === 0) {
    response.type('json').send(json);
    return;
  }
  const head = Buffer.from(json);
  response.set(HEADER, String(head.length));
  response.type('application/octet-stream').send(Buffer.concat([head, ...bytes]));
}

interface WantedOutput {
  name: (typeof OUTPUTS)[number];
  isBinary: boolean;
}

function wantedOutputs({ outputs, parameters }: InferRequest): WantedOutput[] {
  const usually = parameters?.['binary_data_output'] === true;
  if (!outputs || outputs.length === 0) {
    return OUTPUTS.map((name) => ({ name, isBinary: usually }));
  }
  return outputs.map(({ name: given, parameters: own }) => {
    const name = OUTPUTS.find((each) => each === given);
    if (name === undefined) {
      throw new ServingError(
        400,
        `There is no output ${show(given)}; there are ${listed(OUTPUTS)}`,
      );
    }
    const binary = own?.['binary_data'];
    return { name, isBinary: typeof binary === 'boolean' ? binary : usually };
  });
}

/** An output, as JSON or as JSON about the bytes behind it. */
function tensorOf(
  name: WantedOutput['name'],
  { model, probabilities }: ServedRequest,
  isBinary: boolean,
): { json: object; bytes?: Buffer } {
  const { classNames } = model.classifier;
  const isClass = name === 'class';
  const data = isClass
    ? probabilities.map((each) => classNames[predictedIndex(each)]!)
    : probabilities.flat();
  const json = {
    name,
    datatype: isClass ? 'BYTES' : 'FP32',
    shape: isClass ? [probabilities.length] : [probabilities.length, classNames.length],
  };
  if (!isBinary) return { json: { ...json, data } };
  const bytes = isClass
    ? bytesOfTexts(data as string[])
    : Buffer.from(Float32Array.from(data as number[]).buffer);
  return { json: { ...json, parameters: { binary_data_size: bytes.length } }, bytes };
}
