import fs from 'node:fs';
import path from 'node:path';

/** The version in package.json, which stands above `dist` and `src` alike. */
export function version(): string {
  const file = path.join(__dirname, '../../package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}
