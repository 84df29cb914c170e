import { spawnSync } from 'node:child_process';

import { whyNoAdapter } from '../../../src/tensorflow/webgpu/whyNoAdapter';
import { folderWith } from '../../support/pictures';

const before = process.env['LD_LIBRARY_PATH'];

afterEach(() => {
  if (before === undefined) delete process.env['LD_LIBRARY_PATH'];
  else process.env['LD_LIBRARY_PATH'] = before;
});

test('whyNoAdapter() asks for a driver where the Vulkan loader is there', async () => {
  process.env['LD_LIBRARY_PATH'] = `/no/such/folder:${await folderWith({ 'libvulkan.so.1': '' })}`;
  expect(whyNoAdapter()).toMatch(
    /^Vulkan offers no GPU that WebGPU can use; install your GPU's driver/,
  );
});

test('whyNoAdapter() asks for the Vulkan loader where it is missing', () => {
  delete process.env['LD_LIBRARY_PATH'];
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  expect(whyNoAdapter()).toMatch(
    stdout.includes('libvulkan.so.1')
      ? /^Vulkan offers no GPU that WebGPU can use/
      : /^the Vulkan loader libvulkan\.so\.1 is missing; install it and your GPU's driver/,
  );
});
