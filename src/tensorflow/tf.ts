import { installGraphStep } from './graph/installGraphStep';
import { installKernels } from './kernels/installKernels';

installKernels();
installGraphStep();

/** tfjs on TensorFlow's native library, the same module that a cell's own import gives, with faster kernels. */
export { tf } from './tfjs';
