import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { logRun } from '../../src/runs/log/logRun';
import { compiled, LAUNCHER, smileLab } from '../support/children';
import { folderWith, speckled } from '../support/pictures';
import { buildTiny, tinyData } from '../support/tinyTraining';

/** The folder in which the commands run. */
let home: string;

beforeAll(async () => {
  await compiled();
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-plot-'));
  const model = buildTiny();
  const callbacks = [logRun({ run: path.join(home, 'logs/whole') })];
  await model.fitDataset(tinyData(), { epochs: 2, verbose: 0, callbacks });
  model.dispose();
  const log = await readFile(path.join(home, 'logs/whole/run.jsonl'), 'utf8');
  const [begin = '', first = '', second = ''] = log.split('\n');
  const diverged = second.replace(/"loss":[^,]*/, '"loss":"NaN"');
  await write('torn', `${begin}\n${first}\n${second.slice(0, -20)}`);
  await write('diverged', `${begin}\n${first}\n${diverged}\nnonsense\n`);
  await write('just begun', `${begin}\n`);
});

afterAll(() => rm(home, { recursive: true }));

async function write(name: string, log: string): Promise<void> {
  await mkdir(path.join(home, 'logs', name), { recursive: true });
  await writeFile(path.join(home, 'logs', name, 'run.jsonl'), log);
}

const plot = (...args: string[]) => smileLab(['plot', ...args], { cwd: home });

/** The command while it runs; `address` is what it printed. */
async function started(...args: string[]) {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: home,
    // Without a desktop, as on a server.
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
  const written = { stdout: '', stderr: '' };
  const ended = once(child, 'close') as Promise<[status: number | null]>;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (written[stream] += text));
  }
  while (!/^Curves: .*\n/m.test(written.stdout)) {
    if (child.exitCode !== null) throw new Error(written.stderr);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [, address = ''] = /^Curves: (.*)$/m.exec(written.stdout) ?? [];
  return { address, ended, written, child: child as ChildProcess };
}

/** What the page in a browser does, in socket.io's language (https://socket.io/docs/v4/engine-io-protocol/). */
async function openPage(address: string) {
  const url = `${address}/socket.io/?EIO=4&transport=polling`;
  const get = async (query = '') => (await fetch(url + query)).text();
  const { sid } = JSON.parse((await get()).slice(1)) as { sid: string };
  const post = (packet: string) => fetch(`${url}&sid=${sid}`, { method: 'POST', body: packet });
  await post('40');
  await get(`&sid=${sid}`);
  await post('42["readplots"]');
  return {
    /** The traces of both plots. */
    async plots() {
      type Plot = { layout: { title: { text: string } }; data: { name: string; y: number[] }[] };
      const drawn = new Map<string, Plot['data']>();
      while (drawn.size < 2) {
        for (const packet of (await get(`&sid=${sid}`)).split('\x1e')) {
          if (packet === '2') await post('3');
          if (!packet.startsWith('42')) continue;
          const [, { layout, data }] = JSON.parse(packet.slice(2)) as [string, Plot];
          drawn.set(layout.title.text.split(':')[0]!, data);
        }
      }
      return Object.fromEntries(drawn) as Record<'accuracy' | 'loss', Plot['data']>;
    },
    close: () => post('1'),
  };
}

test('smile-lab plot draws runs on a page of this computer alone, and ends when it is closed', async () => {
  const { address, ended, written, child } = await started(
    'plot',
    'whole',
    'torn',
    'diverged',
    '--wait',
    '50',
  );
  try {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const html = await (await fetch(address)).text();
    expect(html).toContain('<npl-root>');
    // It draws without a network, too.
    expect(html).not.toMatch(/https?:/);
    expect(await (await fetch(`${address}/plotly.js`)).text()).toContain('plotly.js (basic');

    const port = Number(new URL(address).port);
    const others = Object.values(os.networkInterfaces())
      .flatMap((found) => found ?? [])
      .filter((one) => !one.internal && !one.address.startsWith('fe80'))
      .map((one) => one.address);
    for (const other of ['127.0.0.2', '::1', ...others]) {
      await expect(reach(other, port)).rejects.toThrow(/ECONNREFUSED|EADDRNOTAVAIL/);
    }

    const page = await openPage(address);
    const { accuracy, loss } = await page.plots();
    expect(accuracy.map(({ name, y }) => [name, y.length])).toEqual([
      ['whole, training', 2],
      ['torn, training', 1],
      ['diverged, training', 2],
    ]);
    expect(loss.map(({ name }) => name)).toContain(
      'diverged, training: NaN or infinite in 1 of 2 epochs',
    );
    expect(loss.at(-1)?.y).toEqual([expect.any(Number), null]);

    // A second page, while the first one is open.
    const second = await openPage(address);
    expect((await second.plots()).accuracy).toHaveLength(3);

    const taken = await plot('whole', '--port', String(port));
    expect([taken.status, taken.stderr]).toEqual([
      1,
      `Cannot open the page of plots on port ${port}: another program uses it; leave --port out to get a free one\n`,
    ]);

    await page.close();
    await second.close();
    expect(await ended).toEqual([0, null]);
    expect(written.stderr).toContain('diverged: line 4 is no JSON');
  } finally {
    child.kill();
  }
});

test('smile-lab plot ends by itself where nobody opens the page', async () => {
  const { status, stdout, stderr } = await plot('whole', '--wait', '0');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^Curves: http:\/\/127\.0\.0\.1:\d+\nThis ends when the page is closed, or if nobody opens it within 0 s\.\n$/,
  );
});

test('smile-lab plot names the runs that there are', async () => {
  const [missing, unfinished] = await Promise.all([plot('hole'), plot('just begun')]);
  expect(missing.status).toBe(1);
  expect(missing.stderr).toMatch(
    /^Cannot plot "hole": there is no log in "logs\/hole"; the runs in "logs" are: ("[^"]*", ){3}"[^"]*"\n$/,
  );
  for (const name of ['whole', 'torn', 'diverged', 'just begun']) {
    expect(missing.stderr).toContain(JSON.stringify(name));
  }
  expect([unfinished.status, unfinished.stderr]).toEqual([
    1,
    'just begun: no epoch has ended yet\nCannot plot: a run that has finished an epoch is required, got none\n',
  ]);
});

test('smile-lab train --plot shows the curves while it trains, and ends with the training', async () => {
  const face = await speckled(20, 20, 3).png().toBuffer();
  const data = await folderWith({ 'happy/1.png': face, 'sad/1.png': face });
  const { address, ended, written, child } = await started(
    ...['train', '--data', data, '--epochs', '3', '--plot', '--out', 'curves'],
  );
  try {
    const page = await openPage(address);
    let epochs: number[] = [];
    // The last one has all epochs: the page gets it before the training's process ends.
    while (epochs.length < 3) epochs = (await page.plots()).loss[0]?.y ?? [];
    const [status] = await ended;
    expect([status, written.stderr]).toEqual([0, '']);
    expect(written.stdout).toContain('Model: curves/model.json');
  } finally {
    child.kill();
    await rm(data, { recursive: true });
  }
});

function reach(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, host, () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}
