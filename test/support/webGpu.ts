import { onSwiftShader } from '../../scripts/proofs/support/swift-shader';

/**
 * The environment of a process that computes on WebGPU, by a driver that computes on the CPU. Where it cannot be had, the
 * test fails and says why, it is never skipped.
 */
export const webGpuEnvironment: NodeJS.ProcessEnv = onSwiftShader();

/** The same with a Vulkan that has no driver, as on a computer without a GPU. */
export const noAdapterEnvironment: NodeJS.ProcessEnv = {
  ...webGpuEnvironment,
  VK_ICD_FILENAMES: '/no/such/driver.json',
};
