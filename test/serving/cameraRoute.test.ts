import { type RunningServer, startServer } from '../../src/serving/startServer';
import { smallClassifier } from '../support/classifier';

let server: RunningServer;

beforeAll(async () => {
  const models = [{ name: 'faces', version: '1', classifier: smallClassifier(1) }];
  server = await startServer({ models, port: 0, token: 'kept-to-yourself' });
});

afterAll(() => server.close());

const get = (path: string, headers = { Authorization: 'Bearer kept-to-yourself' }) =>
  fetch(`${server.address}${path}`, { headers, redirect: 'manual' });

test('/camera leads to the page, whose files name no other host', async () => {
  const moved = await get('/camera');
  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/camera/']);
  const page = await get('/camera/');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const names = Array.from((await page.text()).matchAll(/(?:href|src)="\.\/([^"]+)"/g));
  expect(names.length).toBeGreaterThan(3);
  for (const [, name] of names) expect((await get(`/camera/${name}`)).status).toBe(200);
  const types = await Promise.all(
    ['worker.js', 'tfjs-backend-wasm-simd.wasm', 'manifest.webmanifest'].map(async (name) =>
      (await get(`/camera/${name}`)).headers.get('content-type'),
    ),
  );
  expect(types).toEqual([
    expect.stringContaining('text/javascript'),
    'application/wasm',
    expect.stringContaining('application/manifest+json'),
  ]);
});

test('the page asks the model in use, and knows where the server is', async () => {
  const settings = async () => (await get('/camera/camera.json')).json();
  expect(await settings()).toMatchObject({
    classNames: ['happy', 'sad'],
    server: { predict: '../predict', feedback: null },
  });
  await server.replace({
    ...{ name: 'faces', version: '2' },
    classifier: smallClassifier(2, ['a', 'b', 'c'], 'softmax'),
  });
  expect(await settings()).toMatchObject({ classNames: ['a', 'b', 'c'] });
});

test('the page is for those alone who know the token, and nothing beside its files', async () => {
  expect((await get('/camera/', { Authorization: '' })).status).toBe(401);
  for (const name of ['nothing.js', '..%2f..%2fpackage.json', '%2e%2e%2fpackage.json', 'a/b']) {
    const reply = await get(`/camera/${name}`);
    expect(reply.status).toBe(404);
    expect(await reply.json()).toEqual({ error: expect.any(String) });
  }
});
