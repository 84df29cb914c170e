import './prepareProcess';

/** tfjs as it is published; what uses it imports {@link ./tf}, where the faster kernels are installed as well. */
export * as tf from '@tensorflow/tfjs-node-gpu';
