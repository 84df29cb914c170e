/** The parts of WebGPU that are used here: https://www.w3.org/TR/webgpu */
export interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** A way to a GPU, or to a program that computes as one would. */
export interface GpuAdapter {
  info: GpuAdapterInfo;
  limits: Record<string, number>;
  requestDevice(descriptor: { requiredLimits: Record<string, number> }): Promise<GpuDevice>;
}

/** What the driver says of itself, in words of its own. */
export interface GpuAdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  /** True of a program on the CPU. */
  isFallbackAdapter: boolean;
}

/** An opened GPU. */
export interface GpuDevice {
  lost: Promise<{ message: string }>;
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { error: { message: string }; preventDefault(): void }) => void,
  ): void;
}
