import type { NvidiaGpu } from './nvidiaGpus';

/** Where tfjs computes. */
export interface TrainingDevice {
  /** `gpu` is an NVIDIA GPU by TensorFlow's library, `webgpu` any maker's. */
  kind: 'cpu' | 'gpu' | 'webgpu';
  /** The version of TensorFlow's native library, such as "2.21.0"; beside WebGPU it decodes the pictures. */
  tensorflow: string;
  /** What computes instead of the CPU. */
  gpu?: {
    /** As its driver calls it; of several equal ones "1 of 4 …". */
    name: string;
    /** In bytes; WebGPU does not give it for GPUs by others than NVIDIA. */
    memory?: number;
    /** Whether it is a program on the CPU that stands in for a GPU, and is many times slower than `cpu`. */
    isSoftware: boolean;
  };
  /** Why a GPU that Linux lists is not used. */
  unused?: string;
  /** One sentence for a person: the device and, on a CPU, why it is no GPU or where to learn it. */
  description: string;
}

/**
 * Describes a training on NVIDIA's GPUs by TensorFlow's library.
 *
 * @param tensorflow the library's version
 * @param gpus what the driver lists; TensorFlow trains on one of them
 */
export function describeNvidia(tensorflow: string, gpus: readonly NvidiaGpu[]): TrainingDevice {
  const [first] = gpus;
  if (!first) {
    const gpu = { name: 'NVIDIA GPU', isSoftware: false };
    const description = `TensorFlow ${tensorflow} trains on the GPU, which nvidia-smi does not name.`;
    return { kind: 'gpu', tensorflow, gpu, description };
  }
  // TensorFlow trains on one; which of several different ones that is, CUDA decides, and does not say.
  const areEqual = gpus.every(({ name }) => name === first.name);
  const names = [...new Set(gpus.map(({ name }) => name))].join(' or ');
  const gpu = {
    name: gpus.length === 1 ? names : `1 of ${gpus.length} ${names}`,
    ...(areEqual ? { memory: first.memory } : {}),
    isSoftware: false,
  };
  return {
    kind: 'gpu',
    tensorflow,
    gpu,
    description: `TensorFlow ${tensorflow} trains on the GPU: ${gpu.name}${areEqual ? `, ${gibibytes(first.memory)}` : ''}.`,
  };
}

/**
 * Describes a training on WebGPU.
 *
 * @param tensorflow the version of the library that decodes the pictures
 * @param adapter what the driver says of itself
 * @param nvidia NVIDIA's GPUs in this computer, for the memory, of which WebGPU says nothing
 */
export function describeWebGpu(
  tensorflow: string,
  {
    vendor,
    device,
    description,
    isFallbackAdapter,
  }: Pick<GPUAdapterInfo, 'vendor' | 'device' | 'description' | 'isFallbackAdapter'>,
  nvidia: readonly NvidiaGpu[],
): TrainingDevice {
  // Drivers give some of these words, and the device's in the form of a file's name.
  const words = device.replace(/-+/g, ' ').trim() || vendor || 'a GPU without a name';
  const name = description ? `${words} (${description})` : words;
  const memory = vendor === 'nvidia' && nvidia.length === 1 ? nvidia[0]!.memory : undefined;
  const size = memory === undefined ? '' : `, ${gibibytes(memory)}`;
  return {
    kind: 'webgpu',
    tensorflow,
    gpu: { name, ...(memory === undefined ? {} : { memory }), isSoftware: isFallbackAdapter },
    description: isFallbackAdapter
      ? `WebGPU trains by software on the CPU: ${name}. No GPU was found; this is many times slower than SMILE_DEVICE=cpu.`
      : `WebGPU trains on the GPU: ${name}${size}.`,
  };
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
