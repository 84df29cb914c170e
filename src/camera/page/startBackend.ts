import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { tf } from '../../tensorflow/tf';

/** What computes the networks. */
export type Backend = 'webgpu' | 'wasm';

/** What is known here of WebGPU's types. */
interface Gpu {
  requestAdapter(): Promise<{
    isFallbackAdapter?: boolean;
    info?: { isFallbackAdapter?: boolean };
  } | null>;
}

/**
 * Starts WebGPU where the browser has one that is no emulation, else WebAssembly on the processor.
 *
 * @param wanted one of them, for tests; the other is started all the same where it does not work
 */
export async function startBackend(wanted?: Backend): Promise<Backend> {
  if (wanted !== 'wasm' && (await hasGpu(wanted === 'webgpu'))) {
    try {
      await import('@tensorflow/tfjs-backend-webgpu');
      if (await tf.setBackend('webgpu')) return 'webgpu';
    } catch {
      // A driver may refuse what its adapter has promised.
    }
  }
  setWasmPaths(new URL('./', self.location.href).href);
  // Threads need headers that a host of files may not send.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (await tf.setBackend('wasm')) return 'wasm';
  throw new Error('This browser has neither WebGPU nor WebAssembly');
}

async function hasGpu(allowEmulated: boolean): Promise<boolean> {
  const { gpu } = navigator as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return false;
  return allowEmulated || !(adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter);
}
