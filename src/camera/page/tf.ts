export * as tf from './browserTf';
