import { spawn } from 'node:child_process';
import path from 'node:path';

import { setUp } from '../../scripts/setup/set-up';

const ROOT = path.resolve(__dirname, '../..');
const LAUNCHER = path.join(ROOT, 'scripts/smile-lab.js');
const PYTHON = path.join(ROOT, '.venv/bin/python');

/** How a process ended, and all that it wrote. */
export interface Ended {
  /** null where a signal ended it. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with all that standard output and standard error have brought so far, whenever there is more. */
  onOutput?: (written: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs a program with pipes for its output. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env, onOutput }: RunOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const written = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        written[stream] += text;
        onOutput?.(written.stdout + written.stderr, (signal) => child.kill(signal));
      });
    }
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...written }));
  });
}

/** Runs the command `smile-lab` as a person does. */
export function smileLab(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return run(process.execPath, [LAUNCHER, ...args], options);
}

const IN_TURN = `
const [main, commands] = [require(process.argv[1]).main, JSON.parse(process.argv[2])];
for (const each of [process, process.stdout, process.stderr]) each.setMaxListeners(0); // each command adds one
const write = process.stdout.write.bind(process.stdout);
(async () => {
  for (const command of commands) {
    const ended = { status: null, signal: null, stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      process[name].write = (text, ...more) => {
        ended[name] += text;
        more.at(-1)?.();
        return true;
      };
    }
    ended.status = await main(command);
    write(JSON.stringify(ended) + '\\n');
  }
})();
`;

/**
 * Runs the command `smile-lab` several times in one process: most of the time of a process of its own goes into loading
 * TensorFlow.
 *
 * @returns an outcome for each command, at once; a test awaits its own
 */
export function smileLabInTurn(
  commands: ReadonlyArray<readonly string[]>,
  options?: RunOptions,
): Promise<Ended>[] {
  const all = compiled().then(async () => {
    const main = path.join(ROOT, 'dist/cli/main.js');
    const args = ['-e', IN_TURN, main, JSON.stringify(commands)];
    const { stdout, stderr } = await run(process.execPath, args, options);
    const lines = stdout.split('\n').slice(0, -1);
    if (lines.length < commands.length) throw new Error(`smile-lab has ended early: ${stderr}`);
    return lines.map((line) => JSON.parse(line) as Ended);
  });
  return commands.map(async (_, i) => (await all)[i]!);
}

/**
 * Does the same with each item, two at a time: half of a child's time one core has nothing to do.
 *
 * @returns an outcome for each item, at once; a test awaits its own
 */
export function twoAtATime<In, Out>(
  items: readonly In[],
  work: (item: In, index: number) => Promise<Out>,
): Promise<Out>[] {
  const outcomes: Promise<Out>[] = [];
  for (const [i, item] of items.entries()) {
    const before = Promise.resolve(outcomes[i - 2]).catch(() => {});
    const outcome = before.then(() => work(item, i));
    outcome.catch(() => {}); // told by the test that awaits it
    outcomes.push(outcome);
  }
  return outcomes;
}

let isCompiled: Promise<void> | undefined;

/** Sees to it, once a test file, that processes of their own run `src` as it is now. */
export function compiled(): Promise<void> {
  isCompiled ??= setUp();
  return isCompiled;
}

/**
 * Runs JavaScript in a Node process of its own, with the compiled library.
 *
 * @param code may await, and finds the library as `lab` and the arguments as `args`
 */
export async function runCompiled(
  code: string,
  args: readonly string[] = [],
  options?: RunOptions & { wrap?: (command: string[]) => string[] },
): Promise<Ended> {
  await compiled();
  const [command = '', ...rest] = (options?.wrap ?? ((same) => same))([
    process.execPath,
    '-e',
    `const lab = require(${JSON.stringify(ROOT)}), { tf } = lab, args = process.argv.slice(1);
    (async () => { ${code} })();`,
    ...args,
  ]);
  return run(command, rest, options);
}

const IN_A_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
columns, key, marker = sys.argv[1:4]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(columns), 0, 0))
    os.execvp(sys.argv[4], sys.argv[4:])
written = b''
while True:
    try: some = os.read(terminal, 65536)
    except OSError: break
    if not some: break
    written += some
    if marker and marker.encode() in written:
        marker = ''
        os.write(terminal, key.encode())
sys.stdout.buffer.write(written)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

/**
 * A command that runs another one in a terminal (a pseudo-terminal, as the windows of a desktop are) and then writes
 * what stood in it to its own output.
 *
 * @param columns the terminal's width
 * @param press a key that is pressed as soon as a text has appeared
 */
export function inTerminal(
  command: readonly string[],
  columns: number,
  press?: { key: string; after: string },
): string[] {
  return [
    PYTHON,
    '-c',
    IN_A_TERMINAL,
    String(columns),
    press?.key ?? '',
    press?.after ?? '',
    ...command,
  ];
}

export { LAUNCHER };
