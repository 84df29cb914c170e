import { chosenDevice } from './chosenDevice';
import { installGraphStep } from './graph/installGraphStep';
import { installKernels } from './kernels/installKernels';
import { startWebGpu } from './webgpu/startWebGpu';

installKernels();
installGraphStep();
if (chosenDevice() === 'webgpu') startWebGpu();

/** tfjs on the device that was chosen, the same module that a cell's own import gives, with faster kernels. */
export { tf } from './tfjs';
