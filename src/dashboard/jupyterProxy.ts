import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** The name under which jupyter-server-proxy knows the dashboard; scripts/setup/kernelspec.js says so. */
const PROXIED = 'smile-lab-dashboard';
const PATIENCE = 20_000; // ms; src may have to be compiled first

const schema = z.object({ base_url: z.string(), url: z.string(), token: z.string() });

/**
 * The Jupyter server that this process is a kernel of, as it notes itself: in the runtime folder, under the process that
 * started the kernel.
 */
function jupyterServer(): z.infer<typeof schema> | undefined {
  const pid = process.env['JPY_PARENT_PID'];
  if (pid === undefined || !/^\d+$/.test(pid)) return undefined;
  try {
    const text = fs.readFileSync(path.join(runtimeFolder(), `jpserver-${pid}.json`), 'utf8');
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Source: `jupyter_runtime_dir` of https://github.com/jupyter/jupyter_core/blob/main/jupyter_core/paths.py, on Linux. */
function runtimeFolder(): string {
  const { JUPYTER_RUNTIME_DIR, JUPYTER_DATA_DIR, XDG_DATA_HOME } = process.env;
  if (JUPYTER_RUNTIME_DIR) return JUPYTER_RUNTIME_DIR;
  const share = XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
  return path.join(JUPYTER_DATA_DIR || path.join(share, 'jupyter'), 'runtime');
}

/**
 * The Jupyter server that this kernel belongs to, where it passes the dashboard on.
 *
 * @returns where the dashboard of the project's logs is on it, such as `/user/ann/smile-lab-dashboard/`, and where it passes
 * on what listens on a port of its computer; undefined where this is no kernel, or its Jupyter does not pass the dashboard on
 */
export async function jupyterProxy(): Promise<
  { dashboard: string; port: (port: number) => string } | undefined
> {
  const server = jupyterServer();
  if (!server) return undefined;
  try {
    const answer = await fetch(new URL(`${PROXIED}/`, server.url), {
      headers: { Authorization: `token ${server.token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    await answer.body?.cancel();
    // A hub answers with its own way to log in, where the browser is logged in already.
    if (![200, 302, 403].includes(answer.status)) return undefined;
    const { base_url: base } = server;
    return { dashboard: `${base}${PROXIED}/`, port: (port) => `${base}proxy/${port}/` };
  } catch {
    return undefined;
  }
}

/** The process whose end is the end of what belongs to this kernel: its Jupyter; that which has started it elsewhere. */
export function ownerOfKernel(): number {
  const pid = Number(process.env['JPY_PARENT_PID']);
  return Number.isInteger(pid) && pid > 1 ? pid : process.ppid;
}
