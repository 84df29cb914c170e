import { projectVersion } from '../files/projectFolder';
import type { Engine } from './Engine';
import { binary, bytes, json, list, object, schema, SCHEMAS, text } from './openApiSchemas';

/** A picture of one pixel, for the examples. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQI12P4f8YXAATmAhnNFFmRAAAAAElFTkSuQmCC';

/** What each request may be answered with besides. */
const ERRORS: Record<string, string> = {
  400: 'What was sent cannot be read',
  401: 'The token is missing or wrong',
  403: 'The server is called by a name that is not its own',
  404: 'There is no such model or version',
  405: 'This address is asked in another way',
  408: 'The request has not come whole in time',
  413: 'It is too much: the body, the pixels of a picture, or the pictures',
  415: 'The body is of another kind',
  429: 'Too many wait; Retry-After says when to come again',
  500: 'The server has failed',
  503: 'It took too long, or the server is about to end',
};

function responses(content: object, headers: Record<string, object> = {}) {
  const failed = Object.entries(ERRORS).map(([status, description]) => {
    const waits = status === '429' || status === '503';
    const retry = waits ? { 'Retry-After': { schema: { type: 'integer' } } } : {};
    return [status, { description, headers: retry, content: json(schema('Error')) }];
  });
  const id = { 'X-Request-Id': { schema: text } };
  const answered = { description: 'The answer', headers: { ...id, ...headers }, content };
  return { 200: answered, ...Object.fromEntries(failed) };
}

function get(summary: string, content: object, parameters: object[] = []) {
  return { get: { summary, parameters, responses: responses(content) } };
}

/**
 * The server's addresses in OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0.
 *
 * @param keepsFeedback whether it takes what a picture really is of
 */
export function openApi(engine: Engine, keepsFeedback: boolean): object {
  const name = {
    ...{ name: 'name', in: 'path', required: true, description: 'of the model' },
    schema: { type: 'string', enum: engine.names },
  };
  const version = {
    ...{ name: 'version', in: 'path', required: true, description: 'of the model' },
    schema: {
      type: 'string',
      enum: [...new Set(engine.names.flatMap((each) => engine.versions(each)))],
    },
  };
  const withVersion = (path: string, make: (parameters: object[]) => object, end = '') => ({
    [`${path}/{name}${end}`]: make([name]),
    [`${path}/{name}/versions/{version}${end}`]: make([name, version]),
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Smile Lab',
      version: projectVersion(),
      description: 'Says which class a picture is of.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
    paths: {
      '/': get('What is served', json(schema('Server'))),
      '/predict': { post: predictOperation() },
      ...(keepsFeedback && { '/feedback': { post: feedbackOperation() } }),
      '/v2': get('The server, in the Open Inference Protocol', json(schema('ServerMetadata'))),
      '/v2/health/live': get('Whether it runs', json(object({ live: { type: 'boolean' } }))),
      '/v2/health/ready': get('Whether it answers', json(object({ ready: { type: 'boolean' } }))),
      ...withVersion('/v2/models', (of) => get('A model', json(schema('ModelMetadata')), of)),
      ...withVersion(
        '/v2/models',
        (of) =>
          get('Whether it answers', json(object({ name: text, ready: { type: 'boolean' } })), of),
        '/ready',
      ),
      ...withVersion('/v2/models', (of) => ({ post: inferOperation(of) }), '/infer'),
      ...withVersion('/v1/models', (of) => get('Its state', json(schema('ModelStatus')), of)),
      ...withVersion(
        '/v1/models',
        (of) => get('Its signature', json(schema('SignatureMetadata')), of),
        '/metadata',
      ),
      ...withVersion('/v1/models', (of) => ({ post: servingOperation(of) }), ':predict'),
      '/metrics': get('Counts, for Prometheus', { 'text/plain': { schema: text } }),
      '/openapi.json': get('This document', json({ type: 'object' })),
    },
    components: {
      schemas: SCHEMAS,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function predictOperation() {
  const query = (name: string) => ({ name, in: 'query', required: false, schema: text });
  const one = { ...object({ picture: binary }), additionalProperties: false };
  const several = {
    ...object({ pictures: { ...list(binary), minItems: 1 } }),
    additionalProperties: false,
  };
  return {
    summary: 'Classifies pictures',
    parameters: [query('model'), query('version')],
    requestBody: {
      required: true,
      content: {
        'image/png': { schema: bytes },
        'image/jpeg': { schema: bytes },
        'application/octet-stream': { schema: bytes },
        'text/plain': { schema: binary, example: PICTURE },
        'multipart/form-data': {
          schema: { ...object({ picture: list(bytes) }), additionalProperties: false },
        },
        ...json({ oneOf: [one, several] }, { picture: PICTURE }),
      },
    },
    responses: responses(json(schema('Answers'))),
  };
}

function feedbackOperation() {
  return {
    summary: 'Keeps what a picture really is of, by the id of the request that was answered',
    requestBody: { required: true, content: json(schema('Feedback')) },
    responses: responses(json(schema('KeptFeedback'))),
  };
}

function inferOperation(parameters: object[]) {
  const length = { schema: { type: 'integer' } };
  const header = {
    ...{ name: 'Inference-Header-Content-Length', in: 'header', required: false },
    description: 'how long the JSON is, where bytes of tensors follow it',
    schema: { type: 'integer', minimum: 0 },
  };
  const example = {
    inputs: [{ name: 'picture', datatype: 'BYTES', shape: [1], data: [PICTURE] }],
  };
  const either = {
    ...json(schema('InferResponse')),
    'application/octet-stream': { schema: bytes },
  };
  return {
    summary: 'Classifies pictures, in the Open Inference Protocol',
    parameters: [...parameters, header],
    requestBody: { required: true, content: json(schema('InferRequest'), example) },
    responses: responses(either, { 'Inference-Header-Content-Length': length }),
  };
}

function servingOperation(parameters: object[]) {
  const example = { instances: [{ b64: PICTURE }] };
  return {
    summary: "Classifies pictures, as TensorFlow Serving's REST API",
    parameters,
    requestBody: { required: true, content: json(schema('PredictRequest'), example) },
    responses: responses(json(schema('PredictResponse'))),
  };
}
