import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { compiled, LAUNCHER, smileLabInTurn } from '../support/children';
import { smallClassifier } from '../support/classifier';
import { folderWith, speckled } from '../support/pictures';

let home: string;
let face: Buffer;
let sad: number;

beforeAll(async () => {
  await compiled();
  home = await folderWith({});
  face = await speckled(37, 29, 3).png().toBuffer();
  const classifier = smallClassifier(1);
  await saveClassifier(classifier, path.join(home, 'faces'));
  await saveClassifier(classifier, path.join(home, 'my faces'));
  sad = (await predictPicture(classifier, face)).probabilities[1]!;
  classifier.model.dispose();
});

afterAll(() => rm(home, { recursive: true }));

test('smile-lab serve answers for a picture that is posted, logs it, and ends on SIGTERM', async () => {
  const child = spawn(process.execPath, [LAUNCHER, 'serve', 'faces', '--port', '18765'], {
    cwd: home,
    env: { ...process.env, SMILE_LAB_TOKEN: 'kept-to-myself' },
  });
  const written = { stdout: '', stderr: '' };
  const ended = once(child, 'close') as Promise<[status: number | null]>;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (written[stream] += text));
  }
  while (!written.stdout.includes('answers')) {
    if (child.exitCode !== null) throw new Error(written.stderr);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const address = 'http://127.0.0.1:18765';
  expect(written.stdout).toBe(`Serving faces (happy, sad)\n${address} answers; Ctrl-C ends it.\n`);
  const post = (headers: Record<string, string>) =>
    fetch(`${address}/predict`, { method: 'POST', body: face, headers });
  expect((await post({})).status).toBe(401);
  const headers = { authorization: 'Bearer kept-to-myself', 'x-request-id': 'mine' };
  const { model, predictions } = (await (await post(headers)).json()) as any; // eslint-disable-line @typescript-eslint/no-explicit-any
  expect(model).toBe('faces');
  expect(predictions[0].probabilities.sad).toBeCloseTo(sad, 6);
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
  const lines = written.stderr.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ path: '/predict', status: 401, error: expect.any(String) }),
    expect.objectContaining({ id: 'mine', method: 'POST', path: '/predict', status: 200 }),
  ]);
  expect(written.stderr).not.toContain('kept-to-myself');
});

const refused: Array<[args: string[], status: number, reason: string]> = [
  [
    ['faces', '--host', '0.0.0.0'],
    1,
    'Cannot serve on "0.0.0.0": others than this computer can call it, so a token is required (--token)',
  ],
  [
    ['my faces'],
    1,
    'Cannot serve "my faces": its name stands in addresses, so letters, digits, ".", "_" and "-" are required, got "my faces"',
  ],
  [['nothing'], 1, 'Cannot load a model from "nothing"'],
  [['faces', '--batch-size', '0'], 2, "argument '0' is invalid. It must be a whole number from 1."],
  [[], 2, "error: missing required argument 'models'"],
];
const inTurn = smileLabInTurn.bind(
  undefined,
  refused.map(([args]) => ['serve', ...args]),
);
let outcomes: ReturnType<typeof inTurn>;

beforeAll(() => {
  outcomes = inTurn({ cwd: home });
});

test.each(refused.map(([args, status, reason], i) => ({ args, status, reason, i })))(
  'smile-lab serve $args says what is wrong',
  async ({ status, reason, i }) => {
    const ended = await outcomes[i]!;
    expect(ended.status).toBe(status);
    expect(ended.stderr).toContain(reason);
  },
);
