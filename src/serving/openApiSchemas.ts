/** Parts of the server's description in OpenAPI 3.1: what stands in requests and answers. */

export const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const probability = { type: 'number', minimum: 0, maximum: 1 } as const;
const names = { type: 'array', items: text } as const;

/** A schema of an object whose properties must all be there, but those that are optional. */
export function object(properties: Record<string, object>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required };
}

/** A schema of a list of such items. */
export function list(items: object) {
  return { type: 'array', items };
}

/** Names one of {@link SCHEMAS}. */
export function schema(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

/** What a body of JSON holds. */
export function json(content: object, example?: object) {
  const shown = example === undefined ? {} : { example };
  return { 'application/json': { schema: content, ...shown } };
}

const parameters = { type: 'object' } as const;
const shape = list({ type: 'integer' });
export const binary = { type: 'string', contentEncoding: 'base64' } as const;
export const bytes = { type: 'string', format: 'binary' } as const;

const tensorMetadata = object({ name: text, datatype: text, shape, parameters }, ['parameters']);
const tensor = object({ name: text, datatype: text, shape, parameters, data: list({}) }, [
  'parameters',
  'data',
]);
const wantedShape = list({ type: 'integer', minimum: 0 });

const integer = { type: 'integer', minimum: 1 } as const;
const filled = { type: 'string', minLength: 1 } as const;
const feedback = {
  ...object({ id: filled, trueClass: filled, picture: integer }, ['picture']),
  additionalProperties: false,
};

/** What requests and answers hold, by name. */
export const SCHEMAS = {
  Error: object({ error: text }),
  Answer: object(
    {
      ...{ file: text, class: text, probability },
      probabilities: { type: 'object', additionalProperties: probability },
    },
    ['file'],
  ),
  Answers: object({
    ...{ id: text, model: text, version: text, ms: number },
    predictions: list(schema('Answer')),
  }),
  Server: object({
    ...{ name: text, version: text },
    models: list(object({ name: text, versions: names, classNames: names })),
  }),
  Feedback: feedback,
  KeptFeedback: object({
    ...{ id: text, picture: integer, model: text, version: text },
    ...{ class: text, trueClass: text },
  }),
  ServerMetadata: object({ name: text, version: text, extensions: names }),
  ModelMetadata: object({
    ...{ name: text, versions: names, platform: text },
    inputs: list(tensorMetadata),
    outputs: list(tensorMetadata),
  }),
  InferRequest: object(
    {
      ...{ id: text, parameters },
      inputs: {
        ...list(
          object({ name: text, datatype: text, shape: wantedShape, parameters, data: list({}) }, [
            'parameters',
          ]),
        ),
        ...{ minItems: 1, maxItems: 1 },
      },
      outputs: list(object({ name: text, parameters }, ['parameters'])),
    },
    ['id', 'parameters', 'outputs'],
  ),
  InferResponse: object(
    { model_name: text, model_version: text, id: text, outputs: list(tensor) },
    ['id'],
  ),
  ModelStatus: object({
    model_version_status: list(
      object({
        ...{ version: text, state: text },
        status: object({ error_code: text, error_message: text }),
      }),
    ),
  }),
  SignatureMetadata: object({ model_spec: parameters, metadata: parameters }),
  PredictRequest: {
    anyOf: [object({ instances: list({}) }), object({ inputs: {} })],
    type: 'object',
    properties: { signature_name: text },
  },
  PredictResponse: {
    anyOf: [
      object({ predictions: list(list(probability)) }),
      object({ outputs: list(list(probability)) }),
    ],
  },
} as const;
