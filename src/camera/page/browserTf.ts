import * as factories from '@tensorflow/tfjs-layers/dist/exports_layers';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/** What of tfjs a browser needs; the rooms that the page shares with the library find it under the name `tf`. */
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
export * from '@tensorflow/tfjs-converter';

/** An object of our own: `registerLayer` puts layers of the library in the place of tfjs's. */
export const layers = { ...factories };
