import os from 'node:os';
import { chosenDevice } from './chosenDevice';
import { nativeBackend, type NativeBackend } from './nativeBackend';
import { nvidiaGpus } from './nvidiaGpus';
import { tf } from './tf';
import { unusedGpu } from './unusedGpu';
import type { WebGpuBackend } from './webgpu/webGpuBackend';

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
    /** In bytes; WebGPU does not tell it of GPUs by others than NVIDIA. */
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
 * Tells which device trains, as TensorFlow itself sees it. In a script of your own on WebGPU `await tf.ready()` first.
 *
 * @returns the device, TensorFlow's version and a sentence to print
 * @throws Error when tfjs runs on neither the native library nor WebGPU, when SMILE_DEVICE=gpu and no GPU works, or when
 * SMILE_DEVICE=webgpu and WebGPU cannot be had: the message names what is missing
 * @example
 * console.log(trainingDevice().description);
 */
export function trainingDevice(): TrainingDevice {
  if (tf.getBackend() === 'webgpu') return onWebGpu(tf.backend() as WebGpuBackend);
  const backend = nativeBackend();
  if (!backend) {
    throw new Error(
      `Cannot train: TensorFlow's native library is required, and tfjs runs on "${tf.getBackend()}"; "npm run doctor" tells what is missing`,
    );
  }
  const tensorflow = backend.binding.TF_Version;
  if (backend.isUsingGpuDevice) return onNvidia(tensorflow);
  if (chosenDevice() === 'gpu') {
    throw new Error(
      'Cannot train on the GPU that SMILE_DEVICE=gpu asks for: TensorFlow finds none; "npm run doctor" tells what is missing',
    );
  }
  const cores = os.availableParallelism();
  const unused = unusedGpu();
  const why = unused ?? '"npm run doctor" tells why it is not a GPU';
  return {
    kind: 'cpu',
    tensorflow,
    ...(unused === undefined ? {} : { unused }),
    description: `TensorFlow ${tensorflow} trains on the CPU (${cores} ${cores === 1 ? 'core' : 'cores'}); ${why}.`,
  };
}

function onNvidia(tensorflow: string): TrainingDevice {
  const gpus = nvidiaGpus();
  const [first] = gpus;
  if (!first) {
    const gpu = { name: 'NVIDIA GPU', isSoftware: false };
    const description = `TensorFlow ${tensorflow} trains on the GPU, which nvidia-smi does not name.`;
    return { kind: 'gpu', tensorflow, gpu, description };
  }
  // TensorFlow trains on one; which of several different ones that is, CUDA decides, and does not tell.
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

function onWebGpu({ gpu: { vendor, device, description, isFallbackAdapter } }: WebGpuBackend) {
  const { TF_Version: tensorflow } = (tf.findBackend('tensorflow') as NativeBackend).binding;
  // Drivers give some of these words, and the device's in the form of a file's name.
  const words = device.replace(/-+/g, ' ').trim() || vendor || 'a GPU without a name';
  const name = description ? `${words} (${description})` : words;
  const [nvidia, ...others] = vendor === 'nvidia' ? nvidiaGpus() : [];
  const memory = nvidia && others.length === 0 ? nvidia.memory : undefined;
  const size = memory === undefined ? '' : `, ${gibibytes(memory)}`;
  return {
    kind: 'webgpu' as const,
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
