/**
 * What a process needs before TensorFlow's native library is loaded; imported before every import of tfjs.
 */
import { createRequire } from 'node:module';
import util from 'node:util';
import { chosenDevice } from './chosenDevice';

// TensorFlow's C++ log speaks to people who build TensorFlow; errors still reach us as exceptions.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
// Without it TensorFlow takes all of a GPU's memory at once, also that of the neighbour's notebook.
process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
// On processors without AVX-512 TensorFlow leaves oneDNN off unless it is asked for, and convolutions take twice as long.
process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';

// TensorFlow sees an NVIDIA GPU unless it is hidden; on WebGPU it only decodes pictures, and leaves the memory free.
if (['cpu', 'webgpu'].includes(chosenDevice() ?? '')) process.env['CUDA_VISIBLE_DEVICES'] = '-1';

// tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed (tfjs issue 8609).
const legacyUtil = util as unknown as { isNullOrUndefined?: (value: unknown) => boolean };
legacyUtil.isNullOrUndefined ??= (value) => value === null || value === undefined;

// Compiled beside tfjs's addon by the set-up: one loads the library without the lines that it always prints, the other
// gives back the memory that only the loading needed.
try {
  const require = createRequire(__filename);
  require('@tensorflow/tfjs-node-gpu/lib/napi-v8/quiet_load.node');
  const memory = require('@tensorflow/tfjs-node-gpu/lib/napi-v8/process_memory.node') as {
    dropLibrary(): void;
  };
  memory.dropLibrary();
} catch {
  // Where it cannot be loaded, tfjs says why in a moment: it loads the same library.
}
