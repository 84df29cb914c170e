import { nativeImport } from '../../files/nativeImport';
import type * as WebGpuPackage from 'webgpu';
import { whyNoAdapter } from './whyNoAdapter';

/**
 * Loads WebGPU, puts its names (`GPUBuffer`, …) where a browser has them, and asks it for the fastest GPU.
 *
 * @returns WebGPU, and a GPU, or where there is none a program that computes in its place, such as SwiftShader
 * @throws {Error} that names what is missing and what to do
 */
export async function requestAdapter(): Promise<{ webGpu: GPU; adapter: GPUAdapter }> {
  const { create, globals } = await nativeImport<typeof WebGpuPackage>('webgpu').catch(
    (error: Error) => {
      const [reason] = error.message.split('\n');
      throw new Error(
        `Cannot compute with WebGPU: the npm package "webgpu" does not load on ${process.platform}-${process.arch} (${reason}); SMILE_DEVICE=cpu works`,
        { cause: error },
      );
    },
  );
  Object.assign(globalThis, globals);
  const webGpu = create([]);
  const adapter = await webGpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter) return { webGpu, adapter };
  throw new Error(`Cannot compute with WebGPU: ${whyNoAdapter()}; SMILE_DEVICE=cpu works`);
}
