import { compiled, run } from '../../support/children';
import { dist } from '../../../scripts/setup/paths';

/** Loads the compiled library in a fresh process and prints what an expression gives there. */
async function inFreshProcess(expression: string, env: NodeJS.ProcessEnv = {}) {
  await compiled();
  const code = `const { tf } = require(${JSON.stringify(`${dist}/tensorflow/tf`)}); tf.zeros([1]).dataSync();
    console.log(JSON.stringify(${expression}));`;
  const own = { ...process.env };
  // jest's configuration sets them
  delete own['TF_CPP_MIN_LOG_LEVEL'];
  delete own['TF_ENABLE_ONEDNN_OPTS'];
  const { stdout, stderr } = await run('env', [
    '-i',
    ...Object.entries({ ...own, ...env }).map(([name, value]) => `${name}=${value}`),
    process.execPath,
    '-e',
    code,
  ]);
  return { value: JSON.parse(stdout) as unknown, stderr };
}

test("the library is loaded without TensorFlow's own chatter, and what it needs is there", async () => {
  const { value, stderr } = await inFreshProcess(
    `[process.env.TF_CPP_MIN_LOG_LEVEL, process.env.TF_FORCE_GPU_ALLOW_GROWTH, process.env.TF_ENABLE_ONEDNN_OPTS,
      ...[null, undefined, 0].map((value) => require('node:util').isNullOrUndefined(value))]`,
  );
  expect(stderr).toBe('');
  expect(value).toEqual(['3', 'true', '1', true, true, false]);
});

test('what a person has set stays as it is', async () => {
  const { value } = await inFreshProcess(
    '[process.env.TF_CPP_MIN_LOG_LEVEL, process.env.TF_FORCE_GPU_ALLOW_GROWTH, process.env.TF_ENABLE_ONEDNN_OPTS]',
    { TF_CPP_MIN_LOG_LEVEL: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'false', TF_ENABLE_ONEDNN_OPTS: '0' },
  );
  expect(value).toEqual(['1', 'false', '0']);
});

test.each([
  ['cpu', '-1'],
  ['webgpu', '-1'],
  ['', '0'],
])('SMILE_DEVICE=%s makes CUDA_VISIBLE_DEVICES %s where it was 0', async (device, visible) => {
  await compiled();
  const code = `require(${JSON.stringify(`${dist}/tensorflow/native/prepareProcess`)});
    process.stdout.write(process.env.CUDA_VISIBLE_DEVICES);`;
  const env = { SMILE_DEVICE: device, CUDA_VISIBLE_DEVICES: '0' };
  const { stdout } = await run(process.execPath, ['-e', code], { env });
  expect(stdout).toBe(visible);
});
