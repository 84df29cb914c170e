import path from 'node:path';
import { openAnswers } from '../../src/monitoring/answersDatabase';
import { type Monitor, openMonitor } from '../../src/monitoring/openMonitor';
import { readServed } from '../../src/monitoring/readServed';
import { type RunningServer, startServer } from '../../src/serving/startServer';
import { smallClassifier } from '../support/classifier';
import { folderWith, png } from '../support/pictures';

let folder: string;
let server: RunningServer;
let monitor: Monitor;
/** What the model says of the two pictures. */
let predicted: string[];

beforeAll(async () => {
  folder = path.join(await folderWith({}), 'served');
  monitor = openMonitor({ folder });
  const model = { name: 'faces', version: '3', classifier: smallClassifier(1) };
  monitor.watch(model);
  server = await startServer({
    models: [model],
    port: 0,
    limits: { batchSize: 2 },
    onAnswer: (request) => monitor.onAnswer(request),
    onFeedback: (feedback) => monitor.onFeedback(feedback),
  });
  predicted = (await predict('first')).predictions.map(({ class: name }) => name);
});

afterAll(async () => {
  await server.close();
  await monitor.close();
});

async function predict(id: string) {
  const body = new FormData();
  for (const colour of [200, 10]) body.append('a', new Blob([await png(colour, 90, colour)]), 'a');
  const headers = { 'X-Request-Id': id };
  const reply = await fetch(`${server.address}/predict`, { method: 'POST', body, headers });
  return (await reply.json()) as { id: string; predictions: Array<{ class: string }> };
}

async function tell(content: unknown) {
  const reply = await fetch(`${server.address}/feedback`, {
    method: 'POST',
    body: typeof content === 'string' ? content : JSON.stringify(content),
  });
  return [reply.status, (await reply.json()) as { error?: string }] as const;
}

const judgements = () => {
  const { judged, right } = readServed(folder, 60)!.versions[0]!;
  return { judged, right };
};

const other = (name: string) => (name === 'happy' ? 'sad' : 'happy');

test('feedback on an answer is kept at once, by the id that the answer brought, and the last word counts', async () => {
  expect((await predict('an-id')).id).toBe('an-id');
  const kept = { id: 'an-id', picture: 1, model: 'faces', version: '3', class: predicted[0] };
  const [wrong, right] = [other(predicted[0]!), predicted[0]!];
  expect(await tell({ id: 'an-id', trueClass: wrong })).toEqual([
    200,
    { ...kept, trueClass: wrong },
  ]);
  expect(judgements()).toEqual({ judged: 1, right: 0 });
  expect(await tell({ id: 'an-id', trueClass: right })).toEqual([
    200,
    { ...kept, trueClass: right },
  ]);
  expect(judgements()).toEqual({ judged: 1, right: 1 });
});

test('of several pictures in a request each is told of by its number', async () => {
  await predict('two');
  const before = judgements();
  const told = { id: 'two', picture: 2, trueClass: predicted[1] };
  expect(await tell(told)).toMatchObject([200, { picture: 2, class: predicted[1] }]);
  expect(judgements()).toEqual({ judged: before.judged + 1, right: before.right + 1 });
});

test.each<[what: string, sent: unknown, status: number, message: RegExp]>([
  [
    'an id that is not known',
    { id: 'none', trueClass: 'sad' },
    404,
    /"none" is kept.*X-Request-Id/,
  ],
  [
    'a picture that the request had not',
    { id: 'first', trueClass: 'sad', picture: 3 },
    404,
    /No answer to a picture number 3 of a request "first"/,
  ],
  [
    'a class that the model does not know',
    { id: 'first', trueClass: 'angry' },
    400,
    /^trueClass must be one of "happy", "sad", got "angry"$/,
  ],
  ['no class', { id: 'first' }, 400, /"trueClass": "…"} is required/],
  ['another name', { id: 'first', trueClass: 'sad', label: 1 }, 400, /is required.*label/],
  ['a picture before the first', { id: 'first', trueClass: 'sad', picture: 0 }, 400, /from 1/],
  ['what is no JSON', 'sad', 400, /The body is no JSON/],
  ['far too much', 'x'.repeat(20_000), 413, /at most 10000 bytes/],
])('%s is refused in a sentence, and nothing is kept', async (_, sent, status, message) => {
  const before = judgements();
  const [seen, { error }] = await tell(sent);
  expect([seen, error]).toEqual([status, expect.stringMatching(message)]);
  expect(judgements()).toEqual(before);
});

test('the description has the address where feedback is kept, and not where it is not', async () => {
  const pathsOf = async (address: string) =>
    ((await (await fetch(`${address}/openapi.json`)).json()) as { paths: object }).paths;
  expect(await pathsOf(server.address)).toHaveProperty('/feedback');
  const model = { name: 'faces', version: '1', classifier: smallClassifier(1) };
  const without = await startServer({ models: [model], port: 0, limits: { batchSize: 1 } });
  expect(await pathsOf(without.address)).not.toHaveProperty('/feedback');
  expect((await fetch(`${without.address}/feedback`, { method: 'POST' })).status).toBe(404);
  await without.close();
});

test('feedback goes with its answer when that is forgotten, and does not pass to the next one', async () => {
  const own = path.join(await folderWith({}), 'served');
  const database = openAnswers(own);
  database.setModel('faces', '3', ['happy', 'sad']);
  const answer = {
    ...{ time: Date.now(), request: 'r', model: 'faces', version: '3', class: 'happy' },
    ...{ probability: 0.9, ms: 5 },
    ...{ brightness: null, contrast: null, embedding: null, picture: null },
  };
  database.add([{ ...answer, time: 1000 }]);
  const told = { request: 'r', position: 0, trueClass: 'sad' };
  expect(database.addFeedback(told, 2000)).toMatchObject({ isKept: true, class: 'happy' });
  database.forget(2000);
  expect(database.addFeedback(told, 2000)).toEqual({ isKept: false });
  // SQLite gives it the number of the one that is gone.
  database.add([answer]);
  expect(readServed(own, 60)!.versions[0]).toMatchObject({ count: 1, judged: 0 });
  database.close();
});
