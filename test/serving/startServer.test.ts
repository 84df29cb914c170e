import http from 'node:http';
import net from 'node:net';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { type RunningServer, startServer } from '../../src/serving/startServer';
import type { Limits } from '../../src/serving/serverOptions';
import { tf } from '../../src/tensorflow/tf';
import { smallClassifier } from '../support/classifier';
import { hugePng, png, speckled } from '../support/pictures';
import { nativeTensors } from '../support/nativeOps';

let server: RunningServer;
let face: Buffer;
let orange: Buffer;
/** What the classifier says of the two by itself. */
let expected: number[][];

const limits: Partial<Limits> = { batchSize: 2, bodySize: 20_000, pictures: 3, receiveTime: 500 };

beforeAll(async () => {
  [face, orange] = [await speckled(37, 29, 3).png().toBuffer(), await png(255, 128, 0)];
  const classifier = smallClassifier(1);
  expected = [];
  for (const picture of [face, orange]) {
    expected.push((await predictPicture(classifier, picture)).probabilities);
  }
  server = await startServer({
    models: [
      { name: 'faces', version: '1', classifier },
      { name: 'moods', version: '7', classifier: smallClassifier(2, ['a', 'b', 'c'], 'softmax') },
    ],
    port: 0,
    limits,
  });
});

afterAll(() => server.close());

interface Reply {
  status: number;
  headers: Headers;
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

async function ask(path: string, init?: RequestInit, { address } = server): Promise<Reply> {
  const reply = await fetch(`${address}${path}`, init);
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
}

const post = (body: RequestInit['body'], type?: string, path = '/predict') =>
  ask(path, { method: 'POST', body, ...(type ? { headers: { 'content-type': type } } : {}) });

function form(...files: Array<[name: string, bytes: Buffer]>): FormData {
  const data = new FormData();
  data.set('note', 'no file');
  for (const [name, bytes] of files) data.append('picture', new Blob([bytes]), name);
  return data;
}

function expectAnswers({ status, body }: Reply, probabilities: number[][]): void {
  expect(status).toBe(200);
  expect(body).toMatchObject({ model: 'faces', version: '1', ms: expect.any(Number) });
  expect(body.predictions).toHaveLength(probabilities.length);
  for (const [i, [happy, sad]] of probabilities.entries()) {
    const isHappy = happy! > sad!;
    const answer = body.predictions[i];
    expect(answer.class).toBe(isHappy ? 'happy' : 'sad');
    expect(answer.probability).toBe(Math.max(answer.probabilities.happy, answer.probabilities.sad));
    expect(answer.probabilities.happy).toBeCloseTo(happy!, 6);
    expect(answer.probabilities.sad).toBeCloseTo(sad!, 6);
  }
}

test.each([
  'image/png',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  undefined,
])('POST /predict takes a picture as the body, of type %s', async (type) =>
  expectAnswers(await post(face, type), [expected[0]!]),
);

test('POST /predict takes the files of a form, and names them in its answers', async () => {
  const reply = await post(form(['a.png', face], ['b "ö".png', orange]));
  expectAnswers(reply, expected);
  expect(reply.body.predictions.map(({ file }: { file: string }) => file)).toEqual([
    'a.png',
    'b "ö".png',
  ]);
});

test('POST /predict takes base64, bare, with line breaks, as a data: address, or in JSON', async () => {
  const text = face.toString('base64');
  const lines = text.replace(/(.{76})/g, '$1\n');
  expectAnswers(await post(lines, 'text/plain'), [expected[0]!]);
  expectAnswers(await post(`data:image/png;base64,${text}`, 'text/plain; charset=utf-8'), [
    expected[0]!,
  ]);
  const json = (content: object) => post(JSON.stringify(content), 'application/json');
  expectAnswers(await json({ picture: text }), [expected[0]!]);
  expectAnswers(await json({ pictures: [text, orange.toString('base64url')] }), expected);
});

test('another model answers where it is asked for, by name and version', async () => {
  const { body } = await post(face, 'image/png', '/predict?model=moods&version=7');
  expect(body).toMatchObject({ model: 'moods', version: '7' });
  expect(Object.keys(body.predictions[0].probabilities)).toEqual(['a', 'b', 'c']);
  expect((await ask('/')).body.models).toEqual([
    { name: 'faces', versions: ['1'], classNames: ['happy', 'sad'] },
    { name: 'moods', versions: ['7'], classNames: ['a', 'b', 'c'] },
  ]);
});

test('many at once are all answered, each with its own', async () => {
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, i) => post(i % 3 ? face : orange, 'image/png')),
  );
  for (const [i, reply] of replies.entries()) expectAnswers(reply, [expected[i % 3 ? 0 : 1]!]);
});

test('each request has an id, its own or that of the client', async () => {
  const own = await ask('/', { headers: { 'x-request-id': 'mine-1' } });
  expect(own.headers.get('x-request-id')).toBe('mine-1');
  const bad = await ask('/', { headers: { 'x-request-id': 'a b"c' } });
  expect(bad.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
});

const refused: Array<[string, number, RegExp, () => Promise<Reply>]> = [
  ['nothing', 400, /number 1: it is empty$/, () => post('', 'image/png')],
  [
    'no picture',
    400,
    /number 1: it is no PNG, JPEG.*begins with "hello"$/,
    () => post(Buffer.from('hello')),
  ],
  [
    'a picture that is cut off',
    400,
    /it is cut off, damaged/,
    () => post(face.subarray(0, face.length / 2), 'image/png'),
  ],
  [
    'a header of 400 million pixels',
    413,
    /at most 50000000 pixels are accepted, it has 20000×20000$/,
    async () => post(await hugePng(), 'image/png'),
  ],
  ['too large a body', 413, /at most 20000 bytes/, () => post(Buffer.alloc(20_001), 'image/png')],
  ['another kind', 415, /got "video\/mp4": send a picture/, () => post('x', 'video/mp4')],
  ['JSON that is none', 400, /^The body is no JSON/, () => post('{"picture"', 'application/json')],
  [
    'JSON of another form',
    400,
    /^\{"picture": "base64…"\} or .* got \{ image: 'x' \}$/,
    () => post('{"image":"x"}', 'application/json'),
  ],
  [
    'base64 that is none',
    400,
    /^Picture number 1 must be base64, got "%%"$/,
    () => post('{"picture":"%%"}', 'application/json'),
  ],
  [
    'a form without its end',
    400,
    /^The form cannot be read/,
    () => post('--x', 'multipart/form-data; boundary=x'),
  ],
  ['a form without a file', 400, /^A file is required in the form, got none/, () => post(form())],
  [
    'too many pictures',
    413,
    /^At most 3 pictures are accepted in a request, got 4$/,
    () => post(form(['1', face], ['2', face], ['3', face], ['4', face])),
  ],
  [
    'one bad picture among good ones, which is named',
    400,
    /^Cannot read picture "b.png": it is no PNG/,
    () => post(form(['a.png', face], ['b.png', Buffer.from('x')])),
  ],
  [
    'a model that is not there',
    404,
    /^There is no model "..\/x"; there are "faces", "moods"$/,
    () => post(face, 'image/png', '/predict?model=..%2Fx'),
  ],
  [
    'a version that is not there',
    404,
    /^The model "faces" has no version "2"; there are "1"$/,
    () => post(face, 'image/png', '/predict?model=faces&version=2'),
  ],
  ['an unknown address', 404, /^There is nothing at \/nothing$/, () => ask('/nothing')],
  [
    'another name of the computer',
    403,
    /^This name of the computer is not answered$/,
    () => raw('GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
  ],
  [
    'a page of another server',
    403,
    /^Pages of other servers are not answered$/,
    () => ask('/', { headers: { origin: 'http://evil.example' } }),
  ],
  [
    'a body that stops',
    408,
    /^The request has not come whole in time$/,
    () =>
      raw(
        `POST /predict HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc`,
      ),
  ],
  ['what is no HTTP', 400, /^The request is no HTTP$/, () => raw('hello\r\n\r\n')],
  [
    'a packed body that grows too large',
    413,
    /at most 20000 bytes/,
    async () => {
      const { gzipSync } = await import('node:zlib');
      const headers = { 'content-encoding': 'gzip', 'content-type': 'image/png' };
      return ask('/predict', { method: 'POST', body: gzipSync(Buffer.alloc(1e6)), headers });
    },
  ],
];

test.each(refused)('%s is refused with %i and a sentence', async (_, status, reason, send) => {
  const reply = await send();
  expect([reply.status, Object.keys(reply.body)]).toEqual([status, ['error']]);
  expect(reply.body.error).toMatch(reason);
  expectAnswers(await post(face), [expected[0]!]); // it goes on
});

/** Sends bytes as they are, and reads until the connection ends. */
async function raw(bytes: string): Promise<Reply> {
  const socket = net.connect(server.port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  for await (const part of socket) text += String(part);
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
  return { status, headers: new Headers(), body: JSON.parse(body) };
}

test('with a token only those are answered who know it', async () => {
  const token = 'kept-to-myself';
  const guarded = await startServer({
    models: [{ name: 'faces', version: '1', classifier: smallClassifier(1) }],
    ...{ host: '0.0.0.0', port: 0, token, limits },
  });
  const { port } = guarded;
  const statusOf = (headers: http.OutgoingHttpHeaders, path = '/') =>
    new Promise<[number | undefined, http.IncomingHttpHeaders]>((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
          response.resume();
          resolve([response.statusCode, response.headers]);
        })
        .on('error', reject);
    });
  for (const authorization of [
    undefined,
    'Bearer kept-to-myselF',
    'Bearer ',
    token,
    `Basic ${token}`,
  ]) {
    const [status, headers] = await statusOf(authorization === undefined ? {} : { authorization });
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
  }
  expect((await statusOf({ authorization: `Bearer ${token}` }))[0]).toBe(200);
  const [status, headers] = await statusOf({}, `/?token=${token}`);
  expect([status, headers.location]).toEqual([302, '/']);
  const [cookie] = headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax$/);
  expect((await statusOf({ cookie: cookie!.split(';')[0] }))[0]).toBe(200);
  expect((await statusOf({ authorization: `Bearer ${token}`, host: 'evil.example' }))[0]).toBe(403);
  await guarded.close();
});

const one = () => [{ name: 'faces', version: '1', classifier: smallClassifier(1) }];

test.each([
  [{ host: '0.0.0.0' }, /^Cannot serve on "0.0.0.0": others .* a token is required/],
  [{ token: 'short' }, /^Cannot serve: a token of at least 12 letters.* got one of 5 characters$/],
  [
    { limits: { batchSize: 0 } },
    /^Cannot serve: batchSize must be a whole number from 1 to 256, got 0$/,
  ],
  [
    { limits: { batchsize: 1 } as Partial<Limits> },
    /no option "batchsize", did you mean "batchSize"/,
  ],
])('a server with %j does not start', async (options, reason) => {
  await expect(startServer({ models: one(), port: 0, ...options })).rejects.toThrow(reason);
});

test('a port that is taken is named, and two models of one name are refused', async () => {
  await expect(startServer({ models: one(), port: server.port, limits })).rejects.toThrow(
    `Cannot serve on 127.0.0.1, port ${server.port}: another program listens there; give another --port`,
  );
  await expect(startServer({ models: [...one(), ...one()], port: 0, limits })).rejects.toThrow(
    'Cannot serve two models "faces" of version "1"',
  );
});

test('who comes when too many wait is sent away; at the end what was accepted is answered', async () => {
  const busy = await startServer({
    models: one(),
    port: 0,
    limits: { ...limits, batchWait: 300, queueLength: 1 },
  });
  const send = () => ask('/predict', { method: 'POST', body: face }, busy);
  const first = send();
  await until(() => busy.engine.find().waiting() === 1);
  const second = await send();
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
  expect(second.body.error).toBe(
    'At most 1 pictures may wait, and 1 wait already: try again later',
  );
  await busy.close();
  expectAnswers(await first, [expected[0]!]);
  await expect(send()).rejects.toThrow('fetch failed');
});

test('a model that is replaced answers what it has accepted, and the new one what comes then', async () => {
  const changing = await startServer({
    models: one(),
    port: 0,
    limits: { ...limits, batchWait: 1000 },
  });
  const send = () => ask('/predict', { method: 'POST', body: face }, changing);
  const before = send();
  await until(() => changing.engine.find().waiting() === 1);
  const closed = changing.replace({ name: 'faces', version: '2', classifier: smallClassifier(3) });
  await until(() => changing.engine.find().version === '2');
  const after = send();
  expect((await before).body.version).toBe('1');
  expect((await after).body.version).toBe('2');
  await closed;
  await changing.close();
});

test('a server that has ended leaves no tensors', async () => {
  const before = [tf.memory().numTensors, nativeTensors()];
  const brief = await startServer({ models: one(), port: 0, limits });
  for (const body of [face, face.subarray(0, 200), orange]) {
    await ask('/predict', { method: 'POST', body }, brief);
  }
  await brief.close();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}
