import { explain, runCommand } from '../../../scripts/setup/run-command';

/** What the tools really printed when it was so, shortened to the lines that matter. */
const printed: Array<[kind: string, tool: string, text: string]> = [
  [
    'disk',
    'npm',
    'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write\n\nadded 589 packages in 47s',
  ],
  [
    'disk',
    'pip',
    'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
  ],
  [
    'disk',
    'uv',
    'error: Failed to install: babel-2.18.0-py3-none-any.whl (babel==2.18.0)\n  cause: failed to copy file from /home/a/.cache/uv/archive-v0/28KO/babel/global.dat to /home/a/smile-lab/.venv/babel/.tmpMh4rmJ: No space left on device (os error 28)',
  ],
  [
    'disk',
    'g++',
    '/usr/bin/ld: final link failed: No space left on device\ncollect2: error: ld returned 1 exit status',
  ],
  [
    'disk',
    'tsc',
    "error TS5033: Could not write file '/home/a/smile-lab/dist/a.js': ENOSPC: no space left on device, write.",
  ],
  [
    'network',
    'npm',
    'npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error errno EAI_AGAIN\nnpm error request to https://registry.example/zod failed, reason: getaddrinfo EAI_AGAIN registry.example',
  ],
  [
    'network',
    'npm --offline',
    "npm error code ENOTCACHED\nnpm error request to https://registry.example/zod failed: cache mode is 'only-if-cached' but no cached response is available.",
  ],
  [
    'network',
    'pip',
    "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f4a677f3e00>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/uv/\nERROR: Could not find a version that satisfies the requirement uv==0.13.8 (from versions: none)\nERROR: No matching distribution found for uv==0.13.8",
  ],
  [
    'network',
    'uv',
    'error: Request failed after 3 retries in 4.7s\n  cause: Failed to fetch: https://packages.example/simple/astunparse/\n  cause: error sending request for url (https://packages.example/simple/astunparse/)\n  cause: client error (Connect)\n  cause: tcp connect error\n  cause: Connection refused (os error 111)',
  ],
  [
    'changed',
    'npm',
    'npm error code EINTEGRITY\nnpm error sha512-AAp7aUOfpbAUg2 integrity checksum failed when using sha512: wanted sha512-AAp7aUOfpbAUg2 but got sha512-Aup7aUOfpbAUg2. (10384 bytes)',
  ],
  [
    'changed',
    'pip',
    'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.',
  ],
  [
    'changed',
    'uv',
    'error: Failed to download `absl-py==2.5.1`\n  cause: Hash mismatch for `absl-py==2.5.1`',
  ],
  [
    'system',
    'uv',
    'error: No solution found when resolving dependencies\n  cause: Because tensorflow-cpu==2.21.0 has no wheels with a matching platform tag (e.g., `musllinux_1_2_x86_64`) and you require tensorflow-cpu==2.21.0, we can conclude that your requirements are unsatisfiable.',
  ],
  ['memory', 'g++', 'cc1plus: out of memory allocating 1016 bytes after a total of 1843200 bytes'],
  ['memory', 'g++', 'virtual memory exhausted: Cannot allocate memory'],
  [
    'permission',
    'npm',
    "npm error code EACCES\nnpm error syscall mkdir\nnpm error path /opt/smile-lab/node_modules\nnpm error Error: EACCES: permission denied, mkdir '/opt/smile-lab/node_modules'",
  ],
  ['permission', 'python3', "Error: [Errno 13] Permission denied: '/opt/smile-lab/.venv'"],
  [
    'permission',
    'g++',
    '/usr/bin/ld: cannot open output file /opt/smile-lab/a.out: Permission denied',
  ],
];

describe('explain()', () => {
  test.each(printed)('finds the cause "%s" in what %s printed', (kind, tool, text) => {
    const error = explain(tool, text);
    expect(error.kind).toBe(kind);
    expect(error.message).not.toMatch(/\.$/);
    expect(error.cure).toMatch(/\.$/);
  });

  test('says a cause that it does not know with the tool’s own words', () => {
    const error = explain(
      '/usr/bin/g++',
      'In file included from treeAccess.h:3:\na.cc:4:10: fatal error: c_api.h: No such file or directory\ncompilation terminated.\n',
    );
    expect(error.kind).toBeUndefined();
    expect(error.message).toBe(
      'g++ failed: a.cc:4:10: fatal error: c_api.h: No such file or directory',
    );
    expect(error.cure).toContain('logs/set-up.log');
  });

  test('has a sentence for a tool that said nothing', () => {
    expect(explain('uv', '').message).toBe('uv failed: it said nothing');
  });
});

describe('runCommand()', () => {
  /** @param script what the tool does */
  const tool = (script: string) => runCommand('sh', ['-c', script]);

  test('gives what the tool printed, on both outputs', async () => {
    expect((await tool('echo out; echo err >&2')).split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  test('throws the tool’s words when it fails', async () => {
    await expect(tool('echo "error: no luck"; exit 3')).rejects.toThrow(
      'sh failed: error: no luck',
    );
  });

  test('takes a tool that the system killed for one that needed too much memory', async () => {
    await expect(tool('kill -KILL $$')).rejects.toMatchObject({ kind: 'memory' });
  });

  test('throws when there is no such tool', async () => {
    await expect(runCommand('no-such-tool', [])).rejects.toThrow('spawn no-such-tool ENOENT');
  });
});
