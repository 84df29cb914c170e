import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { requestAdapter } from './requestAdapter';

/** tfjs's backend on WebGPU, with what it computes on. */
export type WebGpuBackend = WebGPUBackend & { readonly gpu: GPUAdapterInfo };

/** What tfjs asks of a GPU beyond the least that WebGPU promises: large buffers, large groups of threads. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/**
 * Opens the GPU for tfjs. What goes wrong on it later, such as too little memory, WebGPU reports to nobody: results would
 * silently be zeros. Here the next tensor that is read throws it.
 *
 * @returns tfjs's own backend, which it would make only in a browser
 * @throws {Error} that names what is missing and what to do
 */
export async function webGpuBackend(): Promise<WebGpuBackend> {
  const { webGpu, adapter } = await requestAdapter();
  const device = await openDevice(adapter);
  // Before `navigator.gpu` is there, by which it would register a backend of its own; and not where nobody needs it.
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  showNavigator(webGpu);

  class NodeWebGpuBackend extends WebGPUBackend {
    readonly gpu = adapter.info;
    private failure: string | undefined;

    constructor() {
      type Arguments = ConstructorParameters<typeof WebGPUBackend>;
      super(device as Arguments[0], adapter.info as Arguments[1]);
      const fail = (reason: string) => {
        const [sentence = ''] = reason.split('\n'); // the rest is for who writes shaders
        this.failure ??= sentence.replace(/[.:]$/, '');
      };
      device.addEventListener('uncapturederror', (event) => {
        event.preventDefault(); // else it is printed, on standard output
        fail(event.error.message);
      });
      void device.lost.then(({ message }) => fail(`the GPU was lost (${message})`));
    }

    override async read(dataId: object) {
      let reason: string | undefined;
      const values = await super.read(dataId).catch((error: Error) => {
        reason = error.message || 'the GPU gave no answer';
      });
      reason = this.failure ?? reason;
      if (values && reason === undefined) return values;
      throw new Error(
        `Cannot read what WebGPU has computed, because it failed: ${reason}. Restart the kernel, and make batches or pictures smaller; SMILE_DEVICE=cpu works too`,
      );
    }

    override readSync(dataId: object) {
      const { values, dtype } = this.tensorMap.get(dataId);
      if (values != null || dtype === 'string') return super.readSync(dataId);
      throw new Error(
        'Cannot wait for WebGPU within a statement: await tensor.data() or await tensor.array() is required, got dataSync(), arraySync() or print()',
      );
    }
  }
  return new NodeWebGpuBackend();
}

/** tfjs takes `navigator.gpu` for the sign that there is WebGPU; Node has no `navigator` before version 21. */
function showNavigator(gpu: GPU): void {
  const scope = globalThis as { navigator?: object };
  if (!scope.navigator) {
    Object.defineProperty(scope, 'navigator', { value: {}, configurable: true });
  }
  Object.defineProperty(scope.navigator, 'gpu', { value: gpu, configurable: true });
}

async function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  try {
    return await adapter.requestDevice({
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    });
  } catch (error) {
    throw new Error(
      `Cannot compute with WebGPU: the GPU "${adapter.info.device}" (${adapter.info.description}) does not open: ${(error as Error).message}; SMILE_DEVICE=cpu works`,
      { cause: error },
    );
  }
}
