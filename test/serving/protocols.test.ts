import { predictPicture } from '../../src/evaluation/predictPicture';
import { loadImage } from '../../src/images/datasets/loadImage';
import type { ServedRequest } from '../../src/serving/answer';
import { type RunningServer, startServer } from '../../src/serving/startServer';
import { smallClassifier } from '../support/classifier';
import { hugePng, png, speckled } from '../support/pictures';

let server: RunningServer;
let files: Buffer[];
/** Of both pictures, 4×4×3 values from 0 to 255 each. */
let pixels: Float32Array;
/** What the classifier says of the two by itself. */
let expected: number[][];
const told: ServedRequest[] = [];

beforeAll(async () => {
  files = [await speckled(37, 29, 3).png().toBuffer(), await png(255, 128, 0)];
  const classifier = smallClassifier(1);
  expected = [];
  const values: number[] = [];
  for (const file of files) {
    expected.push((await predictPicture(classifier, file)).probabilities);
    const image = await loadImage(file, { imageSize: [4, 4] });
    values.push(...image.dataSync());
    image.dispose();
  }
  pixels = Float32Array.from(values);
  server = await startServer({
    models: [{ name: 'faces', version: '3', classifier }],
    ...{ port: 0, limits: { batchSize: 2, pictures: 2 } },
    onAnswer: (request) => told.push(request),
  });
});

afterAll(() => server.close());

interface Reply {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

async function ask(path: string, init: RequestInit = {}): Promise<Reply> {
  const reply = await fetch(`${server.address}${path}`, init);
  const bytes = Buffer.from(await reply.arrayBuffer());
  return { status: reply.status, headers: reply.headers, bytes };
}

const jsonOf = ({ bytes }: Reply) => JSON.parse(bytes.toString());

// As NVIDIA's client does: without a content type.
const post = (path: string, body: Buffer | string, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', body: Buffer.from(body), headers });

function expectProbabilities(rows: number[][], wanted: number[][]): void {
  expect(rows).toHaveLength(wanted.length);
  for (const [i, row] of rows.entries()) {
    row.forEach((value, j) => expect(value).toBeCloseTo(wanted[i]![j]!, 6));
  }
}

const classes = () => expected.map(([happy, sad]) => (happy! > sad! ? 'happy' : 'sad'));
const nested = () =>
  [0, 1].map((i) =>
    [0, 1, 2, 3].map((y) =>
      [0, 1, 2, 3].map((x) => [0, 1, 2].map((c) => pixels[48 * i + 12 * y + 3 * x + c]!)),
    ),
  );
const ofPixels = (more: object = {}) => ({
  ...{ name: 'pixels', datatype: 'FP32', shape: [2, 4, 4, 3] },
  ...more,
});
const infer = (request: object) => post('/v2/models/faces/infer', JSON.stringify(request));

describe('the Open Inference Protocol', () => {
  test('says that it lives and is ready, and what it takes and gives', async () => {
    expect(jsonOf(await ask('/v2/health/live'))).toEqual({ live: true });
    expect(jsonOf(await ask('/v2/health/ready'))).toEqual({ ready: true });
    expect(jsonOf(await ask('/v2'))).toEqual({
      ...{ name: 'smile-lab', version: expect.any(String), extensions: ['binary_tensor_data'] },
    });
    expect(jsonOf(await ask('/v2/models/faces/versions/3/ready'))).toEqual({
      ...{ name: 'faces', ready: true },
    });
    expect(jsonOf(await ask('/v2/models/faces'))).toEqual({
      ...{ name: 'faces', versions: ['3'], platform: 'tensorflow_smile_lab' },
      inputs: [{ name: 'pixels', datatype: 'FP32', shape: [-1, 4, 4, 3] }],
      outputs: [
        {
          ...{ name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
          parameters: { class_names: ['happy', 'sad'] },
        },
        { name: 'class', datatype: 'BYTES', shape: [-1] },
      ],
    });
  });

  test.each([
    ['flat', () => [...pixels]],
    ['nested', nested],
  ])('answers for pixels in JSON, %s', async (_, data) => {
    const reply = jsonOf(await infer({ id: 'mine', inputs: [ofPixels({ data: data() })] }));
    expect(reply).toMatchObject({ model_name: 'faces', model_version: '3', id: 'mine' });
    const [probabilities, named] = reply.outputs;
    expect(probabilities).toMatchObject({ name: 'probabilities', datatype: 'FP32', shape: [2, 2] });
    expectProbabilities([probabilities.data.slice(0, 2), probabilities.data.slice(2)], expected);
    expect(named).toEqual({ name: 'class', datatype: 'BYTES', shape: [2], data: classes() });
  });

  test('answers for files in base64, with the outputs that are asked for', async () => {
    const data = files.map((file) => file.toString('base64'));
    const inputs = [{ name: 'picture', datatype: 'BYTES', shape: [2], data }];
    const { outputs } = jsonOf(await infer({ inputs, outputs: [{ name: 'class' }] }));
    expect(outputs).toEqual([{ name: 'class', datatype: 'BYTES', shape: [2], data: classes() }]);
  });

  test.each([
    ['FP32', () => Buffer.from(pixels.buffer)],
    ['FP64', () => Buffer.from(Float64Array.from(pixels).buffer)],
  ])('takes and gives tensors as bytes, of %s', async (datatype, bytes) => {
    const head = JSON.stringify({
      inputs: [ofPixels({ datatype, parameters: { binary_data_size: bytes().length } })],
      parameters: { binary_data_output: true },
    });
    const reply = await post(
      '/v2/models/faces/versions/3/infer',
      Buffer.concat([Buffer.from(head), bytes()]),
      {
        'inference-header-content-length': String(head.length),
      },
    );
    const end = Number(reply.headers.get('inference-header-content-length'));
    const { outputs } = JSON.parse(reply.bytes.subarray(0, end).toString());
    const sizes = outputs.map((output: any) => output.parameters.binary_data_size); // eslint-disable-line @typescript-eslint/no-explicit-any
    const texts = classes().map((name) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(name.length);
      return Buffer.concat([length, Buffer.from(name)]);
    });
    expect(sizes).toEqual([16, Buffer.concat(texts).length]);
    const floats = [0, 4, 8, 12].map((at) => reply.bytes.readFloatLE(end + at));
    expectProbabilities([floats.slice(0, 2), floats.slice(2)], expected);
    expect(reply.bytes.subarray(end + 16)).toEqual(Buffer.concat(texts));
  });

  test('takes files as bytes, each behind its length', async () => {
    const bytes = Buffer.concat(
      files.flatMap((file) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(file.length);
        return [length, file];
      }),
    );
    const parameters = { binary_data_size: bytes.length };
    const input = { name: 'picture', datatype: 'BYTES', shape: [2, 1], parameters };
    const head = Buffer.from(JSON.stringify({ inputs: [input] }));
    const reply = await post('/v2/models/faces/infer', Buffer.concat([head, bytes]), {
      'inference-header-content-length': String(head.length),
    });
    expect(jsonOf(reply).outputs[1].data).toEqual(classes());
  });

  const binary = (head: object, bytes: number, length?: string) => {
    const json = JSON.stringify(head);
    return post('/v2/models/faces/infer', json + 'x'.repeat(bytes), {
      'inference-header-content-length': length ?? String(json.length),
    });
  };
  const sized = (size: number) => ({
    inputs: [ofPixels({ parameters: { binary_data_size: size } })],
  });
  const data = Array.from({ length: 96 }, () => 1);
  const refused: Array<[string, number, RegExp, () => Promise<Reply>]> = [
    ['no JSON', 400, /^The request is no JSON/, () => post('/v2/models/faces/infer', '{')],
    ['no inputs', 400, /^The request has another form: inputs: Required$/, () => infer({})],
    [
      'two inputs',
      400,
      /form: inputs: /,
      () => infer({ inputs: [ofPixels({ data }), ofPixels({ data })] }),
    ],
    [
      'a header longer than the body',
      400,
      /up to the 3 bytes of the body, got "9"$/,
      () => post('/v2/models/faces/infer', '{} ', { 'inference-header-content-length': '9' }),
    ],
    ['a header that is no number', 400, /got "-1"$/, () => binary({}, 0, '-1')],
    [
      'a length that is too long',
      400,
      /must be the 10 bytes behind the JSON, got 384$/,
      () => binary(sized(384), 10),
    ],
    [
      'a length that does not fit the shape',
      400,
      /^FP32 of shape \[2, 4, 4, 3\] takes 384 bytes, got 10$/,
      () => binary(sized(10), 10),
    ],
    [
      'bytes that nobody claims',
      400,
      /^10 bytes stand behind/,
      () => binary({ inputs: [ofPixels({ data })] }, 10),
    ],
    [
      'texts that are longer than said',
      400,
      /^1 texts .*, got 0 that are whole, and 8 bytes/,
      () =>
        binary(
          {
            inputs: [
              {
                name: 'picture',
                datatype: 'BYTES',
                shape: [1],
                parameters: { binary_data_size: 8 },
              },
            ],
          },
          8,
        ),
    ],
    [
      'another input',
      400,
      /^The input must be "pixels" .* or "picture" .*, got "image" of shape \[1\]$/,
      () => infer({ inputs: [{ name: 'image', datatype: 'FP32', shape: [1], data: [1] }] }),
    ],
    [
      'another shape',
      400,
      /^The shape of pixels must be \[n, 4, 4, 3\], n from 1, got \[1, 5, 4, 3\]$/,
      () => infer({ inputs: [ofPixels({ shape: [1, 5, 4, 3], data: [] })] }),
    ],
    [
      'no picture at all',
      400,
      /n from 1, got \[0, 4, 4, 3\]$/,
      () => infer({ inputs: [ofPixels({ shape: [0, 4, 4, 3], data: [] })] }),
    ],
    [
      'another data type',
      400,
      /^The datatype of pixels must be one of "UINT8", .*, got "BOOL"$/,
      () => infer({ inputs: [ofPixels({ datatype: 'BOOL', data })] }),
    ],
    [
      'too few numbers',
      400,
      /^The data of pixels must be numbers of shape \[2, 4, 4, 3\], got a list of 2$/,
      () => infer({ inputs: [ofPixels({ data: [1, 2] })] }),
    ],
    [
      'texts among the numbers',
      400,
      /, got "1"$/,
      () => infer({ inputs: [ofPixels({ data: [...data.slice(1), '1'] })] }),
    ],
    [
      'pixels that were rescaled',
      400,
      /^Pixel values from 0 to 255 are required.*, got -1$/,
      () => infer({ inputs: [ofPixels({ data: data.map(() => -1) })] }),
    ],
    [
      'too many',
      413,
      /^At most 2 pictures are accepted in a request, got 3$/,
      () => infer({ inputs: [ofPixels({ shape: [3, 4, 4, 3], data })] }),
    ],
    [
      'a file that is none',
      400,
      /^Cannot read picture number 1: /,
      () =>
        infer({ inputs: [{ name: 'picture', datatype: 'BYTES', shape: [1], data: ['aGVsbG8='] }] }),
    ],
    [
      'another output',
      400,
      /^There is no output "logits"; there are "probabilities", "class"$/,
      () => infer({ inputs: [ofPixels({ data })], outputs: [{ name: 'logits' }] }),
    ],
    ['another model', 404, /^There is no model "other"/, () => ask('/v2/models/other')],
    ['another version', 404, /has no version "1"/, () => ask('/v2/models/faces/versions/1/ready')],
    [
      'a name that leads elsewhere',
      404,
      /^There is no model "..\/..\/faces"/,
      () => ask('/v2/models/..%2F..%2Ffaces'),
    ],
    ['a name that is no text', 400, /^The request cannot be read$/, () => ask('/v2/models/%ff')],
    [
      'another method',
      405,
      /^\/v2\/models\/faces takes GET.*, not DELETE$/,
      () => ask('/v2/models/faces', { method: 'DELETE' }),
    ],
  ];

  test.each(refused)('refuses %s, with %i', async (_, status, reason, send) => {
    const reply = await send();
    expect([reply.status, Object.keys(jsonOf(reply))]).toEqual([status, ['error']]);
    expect(jsonOf(reply).error).toMatch(reason);
  });
});

describe("TensorFlow Serving's REST API", () => {
  const predict = (content: unknown, of = 'faces') =>
    post(`/v1/models/${of}:predict`, JSON.stringify(content));
  const b64 = () => files.map((file) => ({ b64: file.toString('base64') }));

  test('says which versions answer, and their signature', async () => {
    const status = { error_code: 'OK', error_message: '' };
    expect(jsonOf(await ask('/v1/models/faces'))).toEqual({
      model_version_status: [{ version: '3', state: 'AVAILABLE', status }],
    });
    const { model_spec, metadata } = jsonOf(await ask('/v1/models/faces/versions/3/metadata'));
    expect(model_spec).toEqual({ name: 'faces', signature_name: '', version: '3' });
    const { inputs } = metadata.signature_def.signature_def.serving_default;
    const dim = ['-1', '4', '4', '3'].map((size) => ({ size, name: '' }));
    expect(inputs.pixels.tensor_shape).toEqual({ dim, unknown_rank: false });
  });

  test.each<[string, () => object, 'predictions' | 'outputs']>([
    ['pixels by row', () => ({ instances: nested() }), 'predictions'],
    [
      'files by row',
      () => ({ signature_name: 'serving_default', instances: b64() }),
      'predictions',
    ],
    [
      'named files by row',
      () => ({ instances: b64().map((picture) => ({ picture })) }),
      'predictions',
    ],
    ['pixels by column', () => ({ inputs: nested() }), 'outputs'],
    ['named pixels by column', () => ({ inputs: { pixels: nested() } }), 'outputs'],
  ])('answers for %s', async (_, content, name) => {
    const reply = jsonOf(await predict(content()));
    expect(Object.keys(reply)).toEqual([name]);
    expectProbabilities(reply[name], expected);
  });

  test('answers for one file by column, of a version', async () => {
    const reply = await predict({ inputs: b64()[0] }, 'faces/versions/3');
    expectProbabilities(jsonOf(reply).outputs, [expected[0]!]);
  });

  const refused: Array<[string, number, RegExp, () => Promise<Reply>]> = [
    ['no JSON', 400, /^The body is no JSON/, () => post('/v1/models/faces:predict', 'x')],
    ['null', 400, /^\{"instances": \[…\]\} or .* got null$/, () => predict(null)],
    ['no instances', 400, /got \{ instances: \[\] \}$/, () => predict({ instances: [] })],
    [
      'another signature',
      400,
      /^There is no signature "x"/,
      () => predict({ signature_name: 'x', instances: [1] }),
    ],
    [
      'another shape',
      400,
      /^Picture number 1 must be numbers of shape \[4, 4, 3\], got a list of 1 at depth 0$/,
      () => predict({ instances: [[[[1, 2, 3]]]] }),
    ],
    [
      'base64 that is none',
      400,
      /^Picture number 1 must be base64/,
      () => predict({ instances: [{ b64: '%' }] }),
    ],
    [
      'a huge picture',
      413,
      /it has 20000×20000$/,
      async () => predict({ instances: [{ b64: (await hugePng()).toString('base64') }] }),
    ],
    ['too many', 413, /got 3$/, () => predict({ instances: [1, 2, 3] })],
    ['another model', 404, /^There is no model "x"/, () => predict({ instances: b64() }, 'x')],
    ['another method', 405, /:predict takes POST, not GET$/, () => ask('/v1/models/faces:predict')],
  ];

  test.each(refused)('refuses %s, with %i', async (_, status, reason, send) => {
    const reply = await send();
    expect([reply.status, Object.keys(jsonOf(reply))]).toEqual([status, ['error']]);
    expect(jsonOf(reply).error).toMatch(reason);
  });
});

test('onAnswer is told each answer with its pictures, and the id of its request', async () => {
  told.length = 0;
  await post('/predict', files[0]!, { 'x-request-id': 'mine-7' });
  expect(told).toHaveLength(1);
  const [{ id, model, pictures, probabilities, ms }] = told as [ServedRequest];
  expect([id, model.name, model.version, pictures]).toEqual(['mine-7', 'faces', '3', [files[0]]]);
  expectProbabilities([...probabilities], [expected[0]!]);
  expect(ms).toBeGreaterThan(0);
});

test("/metrics counts requests, pictures and batches in Prometheus' text format", async () => {
  const before = await counts();
  const body = JSON.stringify({ instances: nested() });
  await post('/v1/models/faces:predict', body);
  await ask('/never/heard/of');
  const after = await counts();
  const grown = Object.entries(after).flatMap(([line, value]) => {
    const by = value - (before[line] ?? 0);
    return by > 0 && !line.includes('_seconds') && !line.includes('_bucket') ? [[line, by]] : [];
  });
  expect(grown).toEqual(
    expect.arrayContaining([
      ['smile_lab_requests_total{route="/v1/models/:name:predict",status="200"}', 1],
      ['smile_lab_requests_total{route="none",status="404"}', 1],
      ['smile_lab_batch_size_sum{model="faces"}', 2],
    ]),
  );
  const pictures = grown.filter(([line]) =>
    String(line).startsWith('smile_lab_pictures_total{model="faces",version="3",class='),
  );
  expect(pictures.reduce((sum, [, by]) => sum + Number(by), 0)).toBe(2);
  expect(after['smile_lab_waiting_pictures{model="faces"}']).toBe(0);
});

async function counts(): Promise<Record<string, number>> {
  const reply = await ask('/metrics');
  expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
  const lines = reply.bytes
    .toString()
    .split('\n')
    .filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' '))),
    ]),
  );
}

test('each address of the OpenAPI document is answered', async () => {
  const { openapi, paths } = jsonOf(await ask('/openapi.json'));
  expect(openapi).toBe('3.1.0');
  for (const [path, operations] of Object.entries(paths)) {
    for (const method of Object.keys(operations as object)) {
      const at = path.replace('{name}', 'faces').replace('{version}', '3');
      const { status } = await ask(at, {
        method: method.toUpperCase(),
        ...(method === 'post' ? { body: '{' } : {}),
      });
      expect([path, status]).toEqual([path, method === 'post' ? 400 : 200]);
    }
  }
  expect(Object.keys(paths)).toHaveLength(19);
});
