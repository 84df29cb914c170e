import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const PYTHON = path.resolve(__dirname, '../../.venv/bin/python');

/**
 * Runs a Python script that uses Keras, the reference of many tests. A start takes about six seconds: ask for all that a
 * test file needs in one call. Without Keras the test fails, it is never skipped.
 *
 * @param script Python code; the last line that it prints is its answer, in JSON.
 * @param args What the script finds in `sys.argv[1:]`.
 * @returns The answer.
 */
export async function runPython<T>(script: string, args: string[] = []): Promise<T> {
  const { stdout } = await promisify(execFile)(PYTHON, ['-c', script, ...args], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' },
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as T;
}
