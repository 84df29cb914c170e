import { spawnSync } from 'node:child_process';

import { root } from '../../scripts/setup/paths';

/**
 * Calls a function of `scripts/` in a process of its own: what it starts is looked up on that process's PATH, which a
 * test cannot change for itself.
 *
 * @param call JavaScript, run in the project's folder
 * @param env all that the process has for an environment
 * @returns the value, or the error's message and cure
 */
export function callScript<T>(
  call: string,
  env: NodeJS.ProcessEnv,
): T | { message: string; cure: string } {
  const code = `
    const print = (value) => console.log(JSON.stringify(value));
    try { print(${call}); } catch ({ message, cure }) { print({ message, cure }); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', code], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
