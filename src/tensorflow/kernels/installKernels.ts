import { installer } from '../native/installer';
import { installAdam } from './installAdam';
import { installBiasAddGrad } from './installBiasAddGrad';
import { installConvWithBias } from './installConvWithBias';
import { installDilatedGradient } from './installDilatedGradient';
import { installFreedGradients } from './installFreedGradients';
import { installMaxGradient } from './installMaxGradient';
import { installMaxPool } from './installMaxPool';
import { installOnePool } from './installOnePool';
import { installReluGrad } from './installReluGrad';
import { installResizedGradients } from './installResizedGradients';
import { installSaturatedGradients } from './installSaturatedGradients';
import { installTransform } from './installTransform';

/**
 * Replaces the kernels and gradients of tfjs that are slow on TensorFlow's native library, for all code in the process
 * that uses tfjs. Each takes the cases that it is known to do equally and hands the rest to tfjs's own.
 *
 * `SMILE_STOCK_KERNELS=1` leaves tfjs as it is, with its own Adam.
 */
export const installKernels = installer(() => {
  installReluGrad();
  installSaturatedGradients();
  installMaxPool();
  installMaxGradient();
  installBiasAddGrad();
  installConvWithBias();
  installDilatedGradient();
  installResizedGradients();
  installTransform();
  installAdam();
  installFreedGradients();
  installOnePool();
});
