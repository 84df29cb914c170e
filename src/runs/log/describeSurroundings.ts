import { projectVersion } from '../../files/projectFolder';
import { tf } from '../../tensorflow/tf';
import { trainingDevice, type TrainingDevice } from '../../tensorflow/trainingDevice';
import type { RunBegin } from './runLogLines';

/** Which device trains, and by which versions of what. */
export function describeSurroundings(): Pick<RunBegin, 'device' | 'versions'> {
  const { kind, description, gpu, tensorflow } = device();
  return {
    device: { kind, description, name: gpu?.name ?? null },
    versions: {
      'Smile Lab': projectVersion(),
      'TensorFlow.js': tf.version['tfjs-core'] ?? 'unknown',
      ...(tensorflow === undefined ? {} : { TensorFlow: tensorflow }),
      'Node.js': process.versions.node,
    },
  };
}

/** A training on another backend of tfjs, which `trainingDevice` refuses, has a log too. */
function device(): Omit<Partial<TrainingDevice>, 'kind'> & { kind: string; description: string } {
  try {
    return trainingDevice();
  } catch (error) {
    return { kind: tf.getBackend(), description: (error as Error).message };
  }
}
