import fs from 'node:fs';
import path from 'node:path';
import { compiled, runCompiled } from '../support/children';
import { emptyRegistry } from '../support/registered';

/** Registers, promotes and rolls back until it is killed; says when it has begun. */
const WRITES = `
  const registry = lab.openRegistry(args[0]);
  for (;;) {
    const { version } = await registry.add('faces', args[1]);
    await registry.promote('faces@' + version);
    if (version % 2 === 0) await registry.rollback('faces');
    process.stdout.write('.');
  }
`;

beforeAll(compiled);

// npm run test:registry does the same 200 times.
test('a process that is killed while it writes versions and stages leaves whole versions and stages only', async () => {
  const { registry, models } = await emptyRegistry();
  for (const delay of [3, 40]) {
    const { signal } = await runCompiled(WRITES, [registry.folder, models[0]], {
      onOutput: (_, kill) => setTimeout(() => kill('SIGKILL'), delay),
    });
    expect(signal).toBe('SIGKILL');
    const versions = await registry.list('faces');
    expect(versions.length).toBeGreaterThan(0);
    for (const { version, problem } of versions) {
      expect(problem).toBeUndefined();
      expect((await registry.resolve(`faces@${version}`)).version).toBe(version);
    }
    expect((await registry.resolve('faces@production')).stage).toBe('production');
  }
  await registry.add('faces', models[1]);
  const names = fs.readdirSync(path.join(registry.folder, 'faces'));
  const states = fs.readdirSync(path.join(registry.folder, 'faces', 'stages'));
  expect([...names, ...states].filter((name) => name.startsWith('.'))).toEqual([]);
});
