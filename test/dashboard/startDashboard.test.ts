import { appendFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { type Dashboard, startDashboard } from '../../src/dashboard/startDashboard';
import { beginLine, endLine, epochLine, writeLog } from '../support/runLogs';

let logs: string;
let dashboard: Dashboard;
const THUMBNAIL = `${'0a'.repeat(12)}.png`;

beforeAll(async () => {
  logs = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const weight = { name: 'w', shape: [2], least: -1, most: 1, counts: [1, 1], notFinite: 0 };
  await writeLog(path.join(logs, 'whole'), [
    beginLine(),
    { ...epochLine(1), weights: [{ ...weight, counted: 2 }] },
    { ...epochLine(2), metrics: { loss: 'NaN', val_loss: 'Infinity' } },
    endLine(2),
    {
      ...{ kind: 'evaluation', time: '2026-11-20T12:00:00.000Z', name: 'test', count: 1 },
      ...{ classNames: ['a', 'b'], loss: 0.5, accuracy: 1, cells: [[0, 0, 1]] },
      pictures: [
        {
          ...{ path: 'x/a.png', label: 0, trueClass: 'a', predictedClass: 'a' },
          ...{ probability: 1, loss: 0, thumbnail: THUMBNAIL },
        },
      ],
    },
  ]);
  const thumbnails = path.join(logs, 'whole/thumbnails');
  await mkdir(thumbnails);
  await writeFile(path.join(thumbnails, THUMBNAIL), 'picture');
  await writeLog(path.join(logs, 'group/<b>name'), [beginLine(), epochLine(1)]);
  dashboard = await startDashboard({ logs, port: 0 });
  await listed();
});

afterAll(async () => {
  await dashboard.close();
  await rm(logs, { recursive: true });
});

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** As a browser asks that has the cookie, unless told otherwise; the path is sent as it is. */
function ask(
  target: string,
  {
    host,
    cookie = cookieOf(),
    method = 'GET',
  }: { host?: string; cookie?: string; method?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...(host !== undefined && { host }), ...(cookie && { cookie }) };
    const options = { host: '127.0.0.1', port: dashboard.port, path: target, method, headers };
    const request = http.request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    request.on('error', reject).end();
  });
}

const cookieOf = () => `other=1; smile-lab-dashboard-${dashboard.port}=${dashboard.token}`;
const get = async (target: string) => JSON.parse((await ask(target)).body);

/** Listens to the events until `enough` says so. */
function listenUntil(
  enough: (events: Array<[name: string, data: Record<string, unknown>]>) => boolean,
  then: () => Promise<unknown> = async () => {},
): Promise<Array<[name: string, data: Record<string, unknown>]>> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: dashboard.port, path: '/api/events' };
    const request = http.get({ ...options, headers: { cookie: cookieOf() } }, (response) => {
      let text = '';
      let hasBegun = false;
      response.setEncoding('utf8').on('data', (more: string) => {
        text += more;
        const events = [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(
          ([, name, data]): [string, Record<string, unknown>] => [name!, JSON.parse(data!)],
        );
        if (!hasBegun && events.some(([name]) => name === 'listed')) {
          hasBegun = true;
          then().catch(reject);
        }
        if (!enough(events)) return;
        request.destroy();
        resolve(events);
      });
    });
    request.on('error', (error) => request.destroyed || reject(error));
  });
}

const listed = () => listenUntil((events) => events.some(([name]) => name === 'listed'));

test('without the token everything is 403; the token becomes a cookie, and leaves the address', async () => {
  const targets = ['/', '/page.js', '/tfjs-vis.js', '/api/events', '/api/run?id=whole', '/nothing'];
  for (const target of targets) {
    for (const cookie of ['', `smile-lab-dashboard-${dashboard.port}=${'0'.repeat(48)}`]) {
      const { status, body } = await ask(target, { cookie });
      expect([target, status]).toEqual([target, 403]);
      expect(body).toContain('npm run dashboard');
    }
  }
  for (const token of ['', 'x', `${dashboard.token}0`, `${dashboard.token}&token=x`]) {
    expect((await ask(`/?token=${token}`, { cookie: '' })).status).toBe(403);
  }
  const { status, headers } = await ask(`/?token=${dashboard.token}`, { cookie: '' });
  expect([status, headers.location]).toEqual([302, './']);
  expect(headers['set-cookie']).toEqual([
    `smile-lab-dashboard-${dashboard.port}=${dashboard.token}; Path=/; HttpOnly; SameSite=Lax`,
  ]);
});

test('only calls to this computer by its own names are answered (DNS rebinding)', async () => {
  const { port } = dashboard;
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
    expect((await ask('/', { host })).status).toBe(200);
  }
  for (const host of [`evil.example:${port}`, '127.0.0.1', `localhost:${port! + 1}`, 'localhost']) {
    expect([host, (await ask('/', { host })).status]).toEqual([host, 403]);
  }
});

test('behind the proxy of a Jupyter server of any name the token is asked for all the same', async () => {
  const proxied = {
    host: 'hub.example',
    'x-forwarded-context': `/user/ann/proxy/${dashboard.port}`,
  };
  const statusOf = (place: string) =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: dashboard.port, path: place, headers: proxied };
      http.get(options, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    });
  expect(await statusOf('/')).toBe(403);
  expect(await statusOf('/?token=0')).toBe(403);
  expect(await statusOf(`/?token=${dashboard.token}`)).toBe(302);
});

test('it listens on the local address only', async () => {
  const others = Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal);
  // 127.0.0.2 is this computer too, and another address.
  for (const host of ['127.0.0.2', ...others.map(({ address }) => address)]) {
    const outcome = await new Promise((resolve) => {
      const socket = net.connect({ host, port: dashboard.port! });
      socket.on('connect', () => (socket.destroy(), resolve('connected')));
      socket.on('error', ({ message }) => resolve(message));
    });
    expect(outcome).toMatch(/ECONNREFUSED/);
  }
});

test('the page and its parts carry a strict policy, and nothing is written', async () => {
  for (const target of ['/', '/page.js', '/page.css', '/charts.js', '/icon.svg', '/tfjs-vis.js']) {
    const { status, headers } = await ask(target);
    expect([target, status]).toEqual([target, 200]);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self' 'unsafe-eval'; .*frame-ancestors 'self'$/,
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect([method, (await ask('/', { method })).status]).toEqual([method, 405]);
  }
});

test('nothing outside the runs is served', async () => {
  const outside = path.join(logs, '..', path.basename(`${logs}-outside`));
  await mkdir(outside);
  await writeFile(path.join(outside, 'run.jsonl'), `${JSON.stringify(beginLine())}\n`);
  await writeFile(path.join(outside, THUMBNAIL), 'secret');
  const linked = `${'1b'.repeat(12)}.png`;
  await symlink(path.join(outside, THUMBNAIL), path.join(logs, 'whole/thumbnails', linked));
  await symlink(outside, path.join(logs, 'linked'));
  await mkdir(path.join(logs, 'stolen'));
  await writeFile(path.join(logs, 'stolen/run.jsonl'), `${JSON.stringify(beginLine())}\n`);
  await symlink(outside, path.join(logs, 'stolen/thumbnails'));
  await writeLog(path.join(logs, 'swapped'), [beginLine()]);
  const events = await listed();
  const ids = events.map(([, { id }]) => id).filter(Boolean);
  expect(ids.sort()).toEqual(['group/<b>name', 'stolen', 'swapped', 'whole']);
  // A run that was known becomes a link while nobody looks.
  await rm(path.join(logs, 'swapped'), { recursive: true });
  await mkdir(path.join(outside, 'thumbnails'));
  await writeFile(path.join(outside, 'thumbnails', THUMBNAIL), 'secret');
  await symlink(outside, path.join(logs, 'swapped'));

  const of = (id: string, file: string) =>
    `/api/thumbnail?id=${encodeURIComponent(id)}&file=${encodeURIComponent(file)}`;
  expect(await ask(of('whole', THUMBNAIL))).toMatchObject({ status: 200, body: 'picture' });
  const refused = [
    ...[of('whole', linked), of('stolen', THUMBNAIL), of('linked', THUMBNAIL)],
    of('swapped', THUMBNAIL),
    ...[of('whole', '../run.jsonl'), of('whole', `../thumbnails/${THUMBNAIL}`), of('whole', '')],
    ...[of(`../${path.basename(outside)}`, THUMBNAIL), of('..', THUMBNAIL), of('', THUMBNAIL)],
    ...[of('whole/.', THUMBNAIL), of('whole/../whole', THUMBNAIL), of('whole\0', THUMBNAIL)],
    ...[
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/package.json',
      '/page/../access.ts',
    ],
    ...['/index.html', '/tsconfig.json', '/.dashboard.json', '/whole/run.jsonl', '//etc/passwd'],
    ...['/api/run?id=__proto__', '/api/run?id=constructor', '/api/run?id=a&id=whole', '/api/run'],
    ...['/api/evaluation?id=whole&index=9', '/api/evaluation?id=whole&index=-1', '/%'],
  ];
  for (const target of refused) {
    const { status, body } = await ask(target);
    expect([target, [400, 404].includes(status)]).toEqual([target, true]);
    expect(body).not.toMatch(/secret|smileLabLog|root:/);
  }
  await rm(outside, { recursive: true });
  for (const name of ['linked', 'stolen', 'swapped'])
    await rm(path.join(logs, name), { recursive: true });
});

test('a run is told column by column, and then only what is new; NaN and infinities as words', async () => {
  const whole = await get('/api/run?id=whole');
  expect(whole).toMatchObject({
    ...{ id: 'whole', from: 0, generation: 0, epoch: [1, 2], withWeights: [1] },
    msPerStep: [60, 60],
    summary: { state: 'finished', epochs: 2, planned: 1000, evaluations: 1, problems: [] },
  });
  expect(whole.metrics).toEqual([
    { name: 'loss', title: { words: 'Loss', part: 'training' }, values: [1, 'NaN'] },
    { name: 'acc', title: { words: 'Accuracy', part: 'training' }, values: [0.5, 'NaN'] },
    {
      name: 'val_loss',
      title: { words: 'Loss', part: 'validation' },
      values: ['NaN', 'Infinity'],
    },
  ]);
  expect(whole.begin.model.layers).toHaveLength(1);
  const more = await get('/api/run?id=whole&from=1&generation=0');
  expect([more.epoch, more.begin, more.from]).toEqual([[2], undefined, 1]);
  // Whoever knows another log of this name gets this one from its beginning.
  expect((await get('/api/run?id=whole&from=1&generation=7')).epoch).toEqual([1, 2]);
  expect(await get('/api/weights?id=whole&epoch=1')).toMatchObject([{ name: 'w', counts: [1, 1] }]);
  expect((await ask('/api/weights?id=whole&epoch=2')).status).toBe(404);
  expect(await get('/api/evaluation?id=whole&index=0')).toMatchObject({ cells: [[0, 0, 1]] });
});

test('an evaluation that version 0.1.0 noted is served in the words of this one', async () => {
  const folder = path.join(logs, 'earlier');
  await cp(path.join(__dirname, '../runs/log/run-of-0.1.0'), folder, { recursive: true });
  await listenUntil((events) => JSON.stringify(events).includes('"earlier"'));
  const { pictures } = await get('/api/evaluation?id=earlier&index=0');
  expect(pictures[0]).toMatchObject({ label: 1, trueClass: 'sad', predictedClass: 'happy' });
  await rm(folder, { recursive: true });
});

test.each([
  'acc',
  'accuracy',
  'binaryAccuracy',
  'categoricalAccuracy',
  'sparseCategoricalAccuracy',
])(
  'the accuracy of a model that was compiled with %s is told as its accuracy, and how its training ended',
  async (name) => {
    const metrics = { loss: 1, mae: 0.5, [name]: 0.75, [`val_${name}`]: 0.5 };
    const end = { ...endLine(1), how: 'reached' as const, reason: 'reached 75 %' };
    await writeLog(path.join(logs, name), [beginLine(), { ...epochLine(1), metrics }, end]);
    await listenUntil((all) => all.some(([, { id }]) => id === name));
    const run = await get(`/api/run?id=${name}`);
    expect(run.summary).toMatchObject({
      ...{ accuracy: 0.75, validationAccuracy: 0.5, state: 'reached' },
      end: { how: 'reached', reason: 'reached 75 %' },
    });
    expect(
      run.metrics.map(({ title }: { title: { words: string; part: string } }) => [
        title.words,
        title.part,
      ]),
    ).toEqual([
      ['Loss', 'training'],
      ['mae', 'training'],
      ['Accuracy', 'training'],
      ['Accuracy', 'validation'],
    ]);
    await rm(path.join(logs, name), { recursive: true });
  },
);

test('changes are told as they come: a new run, an epoch, a run that was removed', async () => {
  const folder = path.join(logs, 'live');
  const of = (events: Array<[string, Record<string, unknown>]>) =>
    events.filter(([, { id }]) => id === 'live');
  const events = await listenUntil(
    (all) => of(all).some(([name]) => name === 'gone'),
    async () => {
      await writeLog(folder, [beginLine()]);
      await listenUntil((all) => of(all).length > 0);
      await appendFile(path.join(folder, 'run.jsonl'), `${JSON.stringify(epochLine(1))}\n`);
      await listenUntil((all) => of(all).some(([, { epochs }]) => epochs === 1));
      await rm(folder, { recursive: true });
    },
  );
  expect(of(events).map(([name, { epochs }]) => [name, epochs])).toEqual([
    ['run', 0],
    ['run', 1],
    ['gone', undefined],
  ]);
  expect((await ask('/api/run?id=live')).status).toBe(404);
});

test('a port that is taken leads to the next one', async () => {
  const first = await startDashboard({ logs, port: dashboard.port! });
  expect(first.port).toBeGreaterThan(dashboard.port!);
  await first.close();
});

test('where there is no folder of logs yet, no run is told, and a training that begins appears', async () => {
  const later = path.join(logs, 'later/logs');
  const empty = await startDashboard({ logs: later, port: 0 });
  const url = new URL(empty.url!);
  const cookie = `smile-lab-dashboard-${empty.port}=${empty.token}`;
  const response = await fetch(new URL('/api/events', url), { headers: { cookie } });
  const reader = response.body!.getReader();
  let text = '';
  const readUntil = async (word: string) => {
    while (!text.includes(word)) text += Buffer.from((await reader.read()).value ?? []).toString();
  };
  await readUntil('event: listed');
  expect(text).not.toContain('event: run');
  await writeLog(path.join(later, 'first'), [beginLine()]);
  await readUntil('event: run');
  await reader.cancel();
  await empty.close();
});

test('on a socket, which its folder guards, no token is needed', async () => {
  const socket = path.join(logs, 'socket');
  const { url, close } = await startDashboard({ logs, socket });
  const status = await new Promise((resolve) =>
    http.get({ socketPath: socket, path: '/', headers: { host: 'hub.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }),
  );
  expect([status, url]).toEqual([200, undefined]);
  await close();
});
