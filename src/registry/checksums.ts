import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { listed } from '../errors/listed';
import { fileProblem } from '../files/fileProblem';

/** The checksums of a version's files, in the form of `sha256sum`: anybody can check it by `sha256sum -c SHA256SUMS`. */
export const SUMS = 'SHA256SUMS';

/** The SHA-256 of a content, in 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The content of {@link SUMS}. Its own SHA-256 is the version's hash: it follows from each byte of each file.
 *
 * @param names of all files in the folder
 */
export async function sumsOf(folder: string, names: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const name of [...names].sort())
    lines.push(`${await sumOf(path.join(folder, name))}  ${name}\n`);
  return lines.join('');
}

/**
 * Checks that a version holds what it held when it was made: each file, byte for byte, and no other one.
 *
 * @param cannot what the caller is doing, to begin an error with: "Cannot …"
 * @param noted the hash that the registry has noted, if it has
 * @returns its hash
 * @throws {Error} when a file was changed, is missing or was added, or the hash is another one
 */
export async function checkedHash(cannot: string, folder: string, noted?: string): Promise<string> {
  const reading = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw new Error(`${cannot}: its folder cannot be read: ${fileProblem(error)}`, {
        cause: error,
      });
    });
  const entries = await reading(fs.readdir(folder, { withFileTypes: true }));
  const text = await reading(fs.readFile(path.join(folder, SUMS), 'utf8'));
  const wanted = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}([^/\\]+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined)
      throw new Error(refusal(cannot, `${SUMS} is damaged`));
    wanted.set(name, sum);
  }
  const there = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const added = entries
    .map(({ name }) => name)
    .filter((name) => name !== SUMS && !wanted.has(name));
  if (added.length > 0) throw new Error(refusal(cannot, `${listed(added)} came into its folder`));
  const missing = [...wanted.keys()].filter((name) => !there.includes(name));
  if (missing.length > 0) throw new Error(refusal(cannot, `${listed(missing)} is missing`));
  for (const [name, sum] of wanted) {
    if ((await reading(sumOf(path.join(folder, name)))) === sum) continue;
    throw new Error(refusal(cannot, `${JSON.stringify(name)} was changed`));
  }
  const hash = sha256(text);
  if (noted === undefined || noted === hash) return hash;
  throw new Error(
    refusal(cannot, `its hash was ${noted.slice(0, 12)}… and is ${hash.slice(0, 12)}…`),
  );
}

function refusal(cannot: string, what: string): string {
  return `${cannot}: it is not what was registered, ${what}; register the model anew, as a version of its own`;
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
