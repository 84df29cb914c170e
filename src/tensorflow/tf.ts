import { installCallbackOrder } from './installCallbackOrder';
import { chosenDevice } from './native/chosenDevice';
import { installFreezing } from './installFreezing';
import { installGraphStep } from './graph/installGraphStep';
import { installInitializers } from './installInitializers';
import { installKernels } from './kernels/installKernels';
import { installObjective } from './objective/installObjective';
import { installLabelCheck } from './objective/installLabelCheck';
import { nativeBackend } from './native/nativeBackend';
import { refuseEmptyData } from './refuseEmptyData';
import { refuseEmptyOutputs } from './refuseEmptyOutputs';
import { refuseNoSamples } from './refuseNoSamples';
import { refuseOptimizers } from './refuseOptimizers';
import { refuseRaggedLists } from './refuseRaggedLists';
import { refuseRates } from './refuseRates';
import { requireAskedGpu } from './requireAskedGpu';
import { installTrainingEpoch } from './runningTraining';
import { startWebGpu } from './webgpu/startWebGpu';

requireAskedGpu(nativeBackend()!);
installKernels();
refuseEmptyOutputs();
refuseEmptyData();
refuseNoSamples();
refuseRaggedLists();
refuseRates();
refuseOptimizers();
installObjective();
installFreezing();
installInitializers();
installGraphStep();
installLabelCheck();
installTrainingEpoch();
installCallbackOrder();
if (chosenDevice() === 'webgpu') startWebGpu();

/** tfjs on the device that was chosen, the same module that a cell's own import gives, with faster kernels. */
export { tf } from './native/tfjs';
