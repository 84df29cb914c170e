import './prepareProcess';

/** tfjs on TensorFlow's native library, the same module that a cell's own import gives. */
export * as tf from '@tensorflow/tfjs-node-gpu';
