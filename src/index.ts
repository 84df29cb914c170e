export { tf } from './tensorflow/tf';
