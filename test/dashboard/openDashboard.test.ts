import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { jupyterProxy } from '../../src/dashboard/jupyterProxy';
import { linkTo } from '../../src/dashboard/openDashboard';

test('linkTo() is a link, and on a Jupyter server a tab of it; nothing of the address becomes HTML', () => {
  expect(linkTo('http://127.0.0.1:8766/?token=ab', false)).toBe(
    '<a href="http://127.0.0.1:8766/?token=ab" target="_blank" rel="noopener">Open the Smile Lab dashboard</a>',
  );
  const link = linkTo('/user/"><b>/smile-lab-dashboard/', true);
  expect(link).toContain('href="/user/&quot;&gt;&lt;b&gt;/smile-lab-dashboard/"');
  expect(link).toContain('data-commandlinker-command="server-proxy:open"');
  expect(link).not.toContain('<b>');
});

test('jupyterProxy() finds the place on the Jupyter server of this kernel, and none where it does not pass it on', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  let status = 200;
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const note = path.join(folder, `jpserver-${process.pid}.json`);
  const content = { base_url: '/user/ann/', url: `http://127.0.0.1:${port}/user/ann/`, token: 't' };
  const environment = { ...process.env };
  Object.assign(process.env, {
    JPY_PARENT_PID: String(process.pid),
    JUPYTER_RUNTIME_DIR: folder,
  });
  try {
    expect(await jupyterProxy()).toBeUndefined(); // Jupyter has noted nothing
    await writeFile(note, JSON.stringify(content));
    const proxy = await jupyterProxy();
    expect(proxy?.dashboard).toBe('/user/ann/smile-lab-dashboard/');
    expect(proxy?.port(8766)).toBe('/user/ann/proxy/8766/');
    expect(asked).toEqual(['/user/ann/smile-lab-dashboard/ token t']);
    status = 404;
    expect(await jupyterProxy()).toBeUndefined();
    await writeFile(note, '{"half');
    expect(await jupyterProxy()).toBeUndefined();
  } finally {
    process.env = environment;
    server.close();
    await rm(folder, { recursive: true });
  }
});
