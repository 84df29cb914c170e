import { compiled, smileLab } from '../support/children';

beforeAll(compiled);

test('smile-lab doctor --json ends with what is installed, and the problems with their cures', async () => {
  const { status, stdout, stderr } = await smileLab(['doctor', '--json']);
  expect(stdout).toMatch(/^[^\n]*\n$/);
  const diagnosis = JSON.parse(stdout) as { ok: boolean; problems: object[] };
  expect(diagnosis).toEqual({
    ok: diagnosis.problems.length === 0,
    node: process.versions.node,
    python: expect.stringMatching(/^3\.1[0-3]\.\d+$/),
    tensorflow: expect.stringMatching(/^2\.\d+\.\d+$/),
    device: expect.stringMatching(/^(cpu|gpu|webgpu)$/),
    gpu: null,
    problems: diagnosis.problems.map(() => ({
      what: expect.any(String),
      cure: expect.any(String),
    })),
  });
  expect(Object.keys(diagnosis)).toEqual([
    'ok',
    'node',
    'python',
    'tensorflow',
    'device',
    'gpu',
    'problems',
  ]);
  expect(status).toBe(diagnosis.ok ? 0 : 1);
  expect(stderr).toContain(process.versions.node);
});

test('smile-lab doctor tells people the same on standard output', async () => {
  const { stdout, stderr } = await smileLab(['doctor']);
  expect(stdout).toMatch(/^Node +\d+\.\d+\.\d+\nPython +3\..*\nTensorFlow +2\..*\nDevice +[CG]PU/);
  expect(stderr).toBe('');
});

test('smile-lab doctor with a word that it does not know is wrong usage', async () => {
  for (const word of ['--fast', 'please']) {
    const { status, stdout, stderr } = await smileLab(['doctor', word]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`'${word}'`);
  }
});
