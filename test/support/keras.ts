import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Runs a Python script that uses Keras, the reference of many tests, in a process of its own that has Keras imported
 * already. Without Keras the test fails, it is never skipped.
 *
 * @param script Python code; the last line that it prints is its answer, in JSON
 * @param args what the script finds in `sys.argv[1:]`
 * @returns the answer
 */
export async function runPython<T>(script: string, args: string[] = []): Promise<T> {
  const socket = connect(process.env.SMILE_TEST_KERAS!);
  await once(socket, 'connect');
  socket.write(`${JSON.stringify({ script, args })}\n`);
  const { stdout, stderr, status } = JSON.parse(await text(socket));
  if (status !== 0) throw new Error(`Python ended with ${status}: ${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as T;
}
