import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { saveClassifier } from '../../../src/saving/saveClassifier';
import { smallClassifier } from '../../support/classifier';
import { type Ended, runCompiled, smileLab } from '../../support/children';
import { type CellOutput, executeCells } from '../../support/kernel';
import { noAdapterEnvironment, webGpuEnvironment } from '../../support/webGpu';

const NO_DRIVER =
  /Cannot compute with WebGPU: Vulkan offers no GPU that WebGPU can use; install .*; SMILE_DEVICE=cpu works/;

function inScript(code: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  return runCompiled(code, [], { env });
}

test('a script computes on WebGPU once it has awaited tf.ready(), and ends by itself', async () => {
  const { status, stdout, stderr } = await inScript(
    `try { tf.zeros([1]); } catch (error) { console.log(error.message); }
    await tf.ready();
    console.log(tf.getBackend(), Array.from(await tf.tensor1d([1, 2]).square().data()).join());`,
    webGpuEnvironment,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Backend 'webgpu' has not yet been initialized\. .*\nwebgpu 1,4\n$/);
});

test('without a GPU nothing is computed elsewhere in silence: every use says what is missing', async () => {
  const { stdout } = await inScript(
    `await tf.ready();
    for (const use of [() => tf.zeros([1]), () => lab.trainingDevice(), () => lab.buildHappyOrSad(), () => tf.memory()]) {
      try { use(); console.log('no error'); } catch (error) { console.log(error.message); }
    }`,
    noAdapterEnvironment,
  );
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).toMatch(NO_DRIVER);
});

test('what fails on the GPU later is thrown when the next tensor is read', async () => {
  const { stdout } = await inScript(
    `await tf.ready();
    const { device } = tf.backend();
    device.createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE });
    await device.queue.onSubmittedWorkDone();
    await tf.scalar(2).square().data().then(console.log, (error) => console.log(error.message));`,
    webGpuEnvironment,
  );
  expect(stdout).toContain(
    'Cannot read what WebGPU has computed, because it failed: Buffer size (1125899906842624) exceeds',
  );
  expect(stdout).toContain('. Restart the kernel, and make batches or pictures smaller;');
});

describe('without a GPU', () => {
  let model: string;
  beforeAll(async () => {
    model = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
    const classifier = smallClassifier(1);
    await saveClassifier(classifier, model, { overwrite: true });
    classifier.model.dispose();
  });
  afterAll(() => rm(model, { recursive: true }));

  const DATA = 'data/happy-or-sad';
  test.each([
    ['train', () => ['--data', DATA, '--epochs', '1', '--json']],
    ['predict', () => ['--model', model, '--json', `${DATA}/happy`]],
    ['evaluate', () => ['--model', model, '--data', DATA, '--json']],
    ['convert', () => [model, path.join(model, 'new.keras')]],
  ])('smile-lab %s says what is missing, and does nothing', async (command, args) => {
    const env = noAdapterEnvironment;
    const { status, stdout, stderr } = await smileLab([command, ...args()], { env });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n').at(-1)).toMatch(NO_DRIVER);
    expect(existsSync(path.join(model, 'new.keras'))).toBe(false);
  });

  test('smile-lab check, which computes nothing there, answers', async () => {
    const { status, stdout } = await smileLab(['check', DATA], { env: noAdapterEnvironment });
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, 'No problems.']);
  });
});

test('smile-lab doctor names the stand-in for a GPU, or what is missing and the cure', async () => {
  const found = await smileLab(['doctor', '--json'], { env: webGpuEnvironment });
  expect(JSON.parse(found.stdout)).toMatchObject({
    ok: true,
    device: 'webgpu',
    gpu: { name: expect.stringContaining('SwiftShader'), isSoftware: true },
  });
  expect(found.stderr).toContain('WebGPU trains by software on the CPU');
  const missing = await smileLab(['doctor', '--json'], { env: noAdapterEnvironment });
  expect(missing.status).toBe(1);
  expect(JSON.parse(missing.stdout)).toMatchObject({
    ok: false,
    device: null,
    problems: [
      {
        what: expect.stringMatching(NO_DRIVER),
        cure: expect.stringContaining('SMILE_DEVICE=cpu'),
      },
    ],
  });
});

/** What a cell printed, showed or threw. */
function outcome(outputs: CellOutput[] | undefined): string {
  return (outputs ?? [])
    .map(({ text, data, evalue }) => text ?? data?.['text/plain'] ?? evalue ?? '')
    .join('');
}

const CELLS = [
  {
    source: `import * as tf from '@tensorflow/tfjs-node-gpu';
console.log(tf.getBackend(), (await tf.scalar(3).square().data())[0]);`,
  },
  { source: `import { trainingDevice } from 'smile-lab';\ntrainingDevice().kind;` },
];

test('a notebook computes on WebGPU from its first cell on', async () => {
  const [first, second] = await executeCells(CELLS, undefined, webGpuEnvironment);
  expect(outcome(first)).toBe('webgpu 9\n');
  expect(outcome(second)).toBe('webgpu');
});

test('a notebook without a GPU says in the first cell that computes what is missing', async () => {
  const [first, second] = await executeCells(CELLS, undefined, noAdapterEnvironment);
  expect(outcome(first)).toMatch(NO_DRIVER);
  expect(outcome(second)).toMatch(NO_DRIVER);
});
