import fs from 'node:fs';
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
  const folder = process.env['JUPYTER_RUNTIME_DIR'];
  if (pid === undefined || !/^\d+$/.test(pid) || folder === undefined) return undefined;
  try {
    const text = fs.readFileSync(path.join(folder, `jpserver-${pid}.json`), 'utf8');
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The dashboard's place on the Jupyter server that this kernel belongs to, such as `/user/ann/smile-lab-dashboard/`.
 *
 * @returns undefined where this is no kernel, or its Jupyter does not pass the dashboard on
 */
export async function proxiedDashboard(): Promise<string | undefined> {
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
    return answer.status === 200 || answer.status === 302 || answer.status === 403
      ? `${server.base_url}${PROXIED}/`
      : undefined;
  } catch {
    return undefined;
  }
}

/** The process whose end is the end of what belongs to this kernel: its Jupyter; that which has started it elsewhere. */
export function ownerOfKernel(): number {
  const pid = Number(process.env['JPY_PARENT_PID']);
  return Number.isInteger(pid) && pid > 1 ? pid : process.ppid;
}
