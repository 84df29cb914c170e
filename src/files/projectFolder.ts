import fs from 'node:fs';
import path from 'node:path';

/** Where this project lies, seen from `src` and from `dist` alike. */
export const projectFolder = path.resolve(__dirname, '..', '..');

/** The version in its package.json. */
export function projectVersion(): string {
  const text = fs.readFileSync(path.join(projectFolder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
