import { spawn } from 'node:child_process';
import path from 'node:path';

import { processes, python, root } from '../../../scripts/setup/paths';
import { isThere, until } from '../../support/processes';

const NODE = (body: string) => [
  process.execPath,
  '-e',
  `require('./scripts/processes/end-with-parent').endWithParent(() => process.exit()); console.log(process.pid); ${body}`,
];
const PYTHON = [
  python,
  '-u',
  '-c',
  `import os, sys, time; sys.path.insert(0, '${processes}')
from end_with_parent import end_with_parent
end_with_parent(os.getppid()); print(os.getpid()); time.sleep(600)`,
];
const MODULE = [python, path.join(processes, 'end_with_parent.py'), 'http.server', '0'];

/** Starts a command from a process between, and gives that process and the command's. */
async function startBetween(command: string[]): Promise<{ between: number; child: number }> {
  const code = `
    const { spawn } = require('node:child_process');
    const [command, ...args] = JSON.parse(process.argv[1]);
    const child = spawn(command, args, { stdio: 'inherit', detached: true });
    console.log('child ' + child.pid + ' ');
    setInterval(() => {}, 1000);`;
  const between = spawn(process.execPath, ['-e', code, JSON.stringify(command)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let written = '';
  between.stdout.setEncoding('utf8').on('data', (text: string) => (written += text));
  // The child writes, too, once it looks after its parent.
  await until(() => /child \d+ /.test(written) && written.split('\n').length > 2);
  return { between: between.pid!, child: Number(/child (\d+) /.exec(written)?.[1]) };
}

test.each([
  ['waits', NODE('setInterval(() => {}, 1000)')],
  ['computes for ever', NODE('while (true) {}')],
  ['waits in Python', PYTHON],
  ['is a module of Python', ['sh', '-c', `echo started; exec ${MODULE.join(' ')}`]],
])('a process that %s ends when its parent is killed, and not before', async (_, command) => {
  const { between, child } = await startBetween(command);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(isThere(child)).toBe(true);
  process.kill(between, 'SIGKILL');
  await until(() => !isThere(child));
});
