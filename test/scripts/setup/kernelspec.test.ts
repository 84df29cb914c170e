import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { jupyterEnvironment } from '../../../scripts/jupyter';
import { venv } from '../../../scripts/setup/paths';

test('a kernel that nobody has used for an hour is ended, whoever starts Jupyter', async () => {
  const { stdout } = await promisify(execFile)(
    path.join(venv, 'bin', 'jupyter'),
    ['server', '--show-config-json'],
    { cwd: tmpdir(), env: { ...process.env, ...jupyterEnvironment() } },
  );
  const shown = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    MappingKernelManager: Record<string, number>;
  };
  expect(shown.MappingKernelManager).toEqual({ cull_idle_timeout: 3600, cull_interval: 60 });
});
