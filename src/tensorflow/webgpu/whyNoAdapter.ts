import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const LOADER = 'libvulkan.so.1';

/**
 * Says what keeps WebGPU from finding a GPU, and what to do.
 *
 * @returns words that follow "Cannot compute with WebGPU: "
 */
export function whyNoAdapter(): string {
  if (process.platform !== 'linux') {
    return "no GPU was found; install the driver of your GPU's maker";
  }
  if (!hasVulkanLoader()) {
    return `the Vulkan loader ${LOADER} is missing; install it and your GPU's driver (Debian, Ubuntu: libvulkan1, and mesa-vulkan-drivers for AMD and Intel)`;
  }
  return "Vulkan offers no GPU that WebGPU can use; install your GPU's driver, or a newer one (AMD and Intel: mesa-vulkan-drivers; NVIDIA: its own), and see that you may open /dev/dri/renderD128 (`vulkaninfo --summary` shows what Vulkan finds)";
}

function hasVulkanLoader(): boolean {
  const folders = (process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter(Boolean);
  if (folders.some((folder) => existsSync(path.join(folder, LOADER)))) return true;
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return stdout?.includes(LOADER) ?? false;
}
