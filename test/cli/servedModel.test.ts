import fs from 'node:fs';
import path from 'node:path';
import { openServed } from '../../src/cli/servedModel';
import { type RunningServer, startServer } from '../../src/serving/startServer';
import { png } from '../support/pictures';
import { emptyRegistry } from '../support/registered';

const LOOK = 10; // ms

test('a server of faces@production follows promotions and a rollback without a lost request, and passes over a version that was changed', async () => {
  const { registry, models } = await emptyRegistry();
  for (let i = 0; i < 3; i++) await registry.add('faces', models[i % 2]!);
  await registry.promote('faces@1');
  const [said, watched]: [string[], string[]] = [[], []];
  const options = { registry: registry.folder };
  const opened = await openServed('faces@production', options, (line) => said.push(line));
  expect([opened.name, opened.version]).toEqual(['faces', '1']);
  const server = await startServer({ models: [opened], port: 0, limits: { batchSize: 2 } });
  const following = opened.follow!(server, ({ version }) => watched.push(version));
  const asking = ask(server, await png(90, 120, 30, 4, 4));
  try {
    await registry.promote('faces@2');
    await asking.until((version) => version === '2');
    await registry.rollback('faces');
    await asking.until((version) => version === '1');
    changeAndPromote(path.join(registry.folder, 'faces'), 3);
    while (said.length < 3) await new Promise((resolve) => setTimeout(resolve, LOOK));
  } finally {
    following.close();
    await asking.end();
    await server.close();
  }
  const answers = await asking.end();
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const inTurn = answers
    .map(({ version }) => version)
    .filter((each, i, all) => each !== all[i - 1]);
  expect(inTurn).toEqual(['1', '2', '1']);
  expect(watched).toEqual(['2', '1']);
  expect(said).toEqual([
    'faces@production is version 2 now, and was 1',
    'faces@production is version 1 now, and was 2',
    expect.stringMatching(/it is not what was registered.*; version 1 goes on answering$/),
  ]);
});

test('a version by its number is served as it is, and what is no reference is a folder', async () => {
  const { registry, models } = await emptyRegistry();
  await registry.add('faces', models[0]);
  const options = { registry: registry.folder };
  const byNumber = await openServed('faces@1', options, () => {});
  expect([byNumber.name, byNumber.version, byNumber.follow]).toEqual(['faces', '1', undefined]);
  byNumber.classifier.model.dispose();
  const byFolder = await openServed(models[0], options, () => {});
  expect([byFolder.name, byFolder.version]).toEqual(['model-1', '1']);
  byFolder.classifier.model.dispose();
  await expect(openServed('faces@production', options, () => {})).rejects.toThrow(
    'no version is in production',
  );
});

/** Posts a picture again and again, one request after the other. */
function ask(server: RunningServer, picture: Buffer) {
  const answers: Array<{ status: number; version: string }> = [];
  let isOver = false;
  const over = (async () => {
    while (!isOver) {
      const response = await fetch(`${server.address}/predict`, { method: 'POST', body: picture });
      const { version } = (await response.json()) as { version: string };
      answers.push({ status: response.status, version });
    }
  })();
  return {
    async until(isWanted: (version: string) => boolean) {
      while (!isWanted(answers.at(-1)?.version ?? '')) {
        await new Promise((resolve) => setTimeout(resolve, LOOK));
      }
    },
    async end() {
      isOver = true;
      await over;
      return answers;
    },
  };
}

/** As if a version had been changed a moment after its promotion had checked it. */
function changeAndPromote(model: string, version: number): void {
  const card = path.join(model, String(version), 'card.html');
  fs.chmodSync(card, 0o644);
  fs.appendFileSync(card, ' ');
  const stages = path.join(model, 'stages');
  const [last = ''] = fs.readdirSync(stages).sort().reverse();
  const noted = JSON.parse(fs.readFileSync(path.join(stages, last), 'utf8')) as object;
  const next = `${String(Number(last.slice(0, 6)) + 1).padStart(6, '0')}.json`;
  fs.writeFileSync(path.join(stages, next), JSON.stringify({ ...noted, production: version }));
}
